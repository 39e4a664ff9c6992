package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.code.Conditions;
import org.tallystick.code.Limits;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseSign1;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;

/** Sections 6 and 9: bills and receipts with conditions. */
final class ReceiptVectors {
  private static final long DAY = 86_400_000L;

  private final ExamplePayment payment;
  private final byte[] content = Fixed.bytes("content hash", 32);
  private final List<JsonNode> all = new ArrayList<>();

  private ReceiptVectors(ExamplePayment payment) {
    this.payment = payment;
  }

  /** For bills.json. */
  static List<JsonNode> bills(ExamplePayment payment) {
    ReceiptVectors vectors = new ReceiptVectors(payment);
    long total = payment.body().total().minor();
    Limits tip = Limits.ofTip(500);
    vectors.bill(
        "bill with a tip, content and consent",
        new Conditions(tip, vectors.content, Conditions.ALL_CONSENT, false));
    Limits.Hold hold = new Limits.Hold(total + 10_000, Fixed.NOW + 31 * DAY);
    vectors.bill("bill with a hold", Conditions.of(new Limits(1L, hold, null)));
    Limits.Charges charges =
        new Limits.Charges(990, 12, 28 * DAY, Fixed.NOW + 400 * DAY);
    vectors.bill("bill with charges", Conditions.of(new Limits(null, null, charges)));
    return vectors.all;
  }

  private void bill(String name, Conditions conditions) {
    BillBody plain = payment.body();
    BillBody body =
        new BillBody(
            plain.consortium(),
            plain.number(),
            plain.purpose(),
            plain.items(),
            plain.subtotal(),
            plain.tax(),
            plain.createdMillis(),
            plain.expiresMillis(),
            plain.salt(),
            plain.tillLabel(),
            plain.routingLabel(),
            false,
            conditions);
    Bill bill = Bill.sign(body, payment.payee.device, payment.bill.certificate());
    all.add(payment.billVector(name, bill).node());
  }

  /** For logs.json. */
  static List<JsonNode> receipts(ExamplePayment payment) {
    ReceiptVectors vectors = new ReceiptVectors(payment);
    vectors.good();
    vectors.bad();
    return vectors.all;
  }

  private Cbor.Map payload() {
    return (Cbor.Map) Cbor.decode(CoseSign1.decode(payment.payerSide.receipt()).payload());
  }

  private ObjectNode vector(String name, Cbor.Map payload) {
    String number = payment.payerSide.answer().number();
    byte[] signed =
        Signed.sign(
            payment.bank.receipt,
            "receipt",
            Suite.CLASSIC,
            ExampleBank.CONSORTIUM,
            number,
            "",
            payload.encode());
    ObjectNode vector = payment.receipt(name, payment.payerSide, payment.payee).node();
    vector.put("payload", HexFormat.of().formatHex(payload.encode()));
    return vector.put("receipt", HexFormat.of().formatHex(signed));
  }

  private void good() {
    Cbor tip = Cbor.map().put(1, Cbor.of(300)).build();
    Cbor.Map granted = Cose.with(payload(), 21, Cbor.of("KD-4711"));
    granted = Cose.with(granted, 22, Cbor.of(0b1000010));
    granted = Cose.with(granted, 23, Cbor.of(5));
    granted = Cose.with(granted, 25, tip);
    granted = Cose.with(granted, 26, Cbor.of(content));
    all.add(vector("receipt with loyalty id, levels and conditions", granted));
    Cbor.Map terms = Cose.with(payload(), 24, Cbor.of(true));
    all.add(vector("receipt of terms mode", terms));
    all.add(vector("receipt of a charge", Cose.with(payload(), 10, Cbor.of(4))));
  }

  private void bad(String name, long key, Cbor value) {
    ObjectNode vector = vector(name, Cose.with(payload(), key, value));
    vector.put("kind", "receipt-bad");
    all.add(vector.put("refusal", "malformed"));
  }

  private void bad() {
    bad("receipt with an empty loyalty id", 21, Cbor.of(""));
    bad("receipt with a loyalty id of 33 characters", 21, Cbor.of("7".repeat(33)));
    bad("receipt with a loyalty id outside ASCII", 21, Cbor.of("Zoë"));
    bad("receipt of no level", 22, Cbor.of(0));
    bad("receipt of level 8", 22, Cbor.of(128));
    bad("receipt of no consent", 23, Cbor.of(0));
    bad("receipt of unknown consent", 23, Cbor.of(16));
    bad("receipt of terms mode that is false", 24, Cbor.of(false));
    bad("receipt of limits that say nothing", 25, Cbor.map().build());
    bad("receipt with a content hash of 33 bytes", 26, Cbor.of(new byte[33]));
    bad("receipt with an unknown key 27", 27, Cbor.of(0));
  }
}
