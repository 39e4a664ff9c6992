package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.PaymentOffer;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Cbor;
import org.tallystick.pin.PinVerifier;
import org.tallystick.request.EndAuthority;
import org.tallystick.request.LevelPin;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestResult;
import org.tallystick.sequencer.EpochRoot;

/** Sections 7 and 10: level PINs, and the requests that were added with them. */
final class LevelVectors {
  private final ExamplePayment payment;
  private final List<JsonNode> all = new ArrayList<>();

  private LevelVectors(ExamplePayment payment) {
    this.payment = payment;
  }

  /** For pins.json. */
  static List<JsonNode> pins(ExamplePayment payment) {
    List<JsonNode> all = new ArrayList<>();
    for (int level = 1; level <= 7; level++) {
      PinVerifier pin = PinVerifier.ofBytes(Fixed.bytes("V of level " + level, 32));
      String name = "level " + level;
      all.add(ExampleAdditions.level(name, payment.payerHalf, level, pin).node());
    }
    return all;
  }

  /** For requests.json. */
  static List<JsonNode> requests(ExamplePayment payment) {
    LevelVectors vectors = new LevelVectors(payment);
    vectors.change("level PIN set", 2, Fixed.bytes("V of level 2", 32));
    vectors.change("level PIN removed", 7, null);
    vectors.others();
    vectors.levelPins();
    vectors.authorities();
    vectors.offers();
    return vectors.all;
  }

  private EpochRoot root() {
    return new EpochRoot(0, payment.payer.secrets.root());
  }

  private void change(String name, int level, byte @Nullable [] fresh) {
    PinVerifier pin = payment.payer.pin;
    ExampleRequest request =
        new ExampleRequest(
            name,
            payment.payer,
            root(),
            4,
            keys ->
                LevelPin.change(
                    pin, level, fresh == null ? null : PinVerifier.ofBytes(fresh), keys));
    byte[] arguments = request.bodyMap().get(7).orElseThrow().asBytes();
    all.add(
        Vector.of("level-pin-change", name)
            .integer("level", level)
            .hex("v", pin.toBytes())
            .hex("newV", fresh)
            .hex("pinKey", request.out("request pin"))
            .hex("deviceId", payment.payer.binding.deviceId())
            .integer("epoch", 0)
            .hex("nonce", request.nonce)
            .hex("proof", ((Cbor.Map) Cbor.decode(arguments)).get(3).orElseThrow().asBytes())
            .node());
    done(request, name);
  }

  private void done(ExampleRequest request, String name) {
    all.add(request.vector().node());
    all.add(request.done(name + " reply", payment.bank, new RequestResult.Done()).node());
  }

  private void others() {
    byte[] id = Fixed.bytes("offer id", PaymentOffer.ID_LENGTH);
    byte[] number = TransactionNumber.bytes(payment.bill.body().number());
    byte[] bill = payment.bill.encode();
    done(request("end authority", new EndAuthority(number, payment.bill.hash())), "end authority");
    ExampleRequest lodge = request("lodge for an offer", new RequestArguments.Lodge(bill, id));
    all.add(lodge.vector().node());
    RequestResult lodged = new RequestResult.Lodged(Fixed.NOW + 300_000);
    all.add(lodge.done("lodge for an offer reply", payment.bank, lodged).node());
    ExampleRequest fetch = request("bill of an offer", RequestArguments.FetchBill.ofOffer(id));
    all.add(fetch.vector().node());
    RequestResult fetched = new RequestResult.LodgedBill(bill);
    all.add(fetch.done("bill of an offer reply", payment.bank, fetched).node());
  }

  private ExampleRequest request(String name, RequestArguments arguments) {
    return new ExampleRequest(name, payment.payer, root(), 3, keys -> arguments);
  }

  private void bad(String name, long kind, Cbor.Map arguments, long key, @Nullable Cbor value) {
    all.add(
        Vector.of("arguments-bad", name)
            .integer("requestKind", kind)
            .hex("arguments", Cose.with(arguments, key, value).encode())
            .refused("status 7"));
  }

  private void levelPins() {
    Cbor zeros = Cbor.of(new byte[32]);
    Cbor.Map good = Cbor.map().put(1, Cbor.of(1)).put(2, zeros).put(3, zeros).build();
    bad("level 0", 10, good, 1, Cbor.of(0));
    bad("level 8", 10, good, 1, Cbor.of(8));
    bad("level 2^32 + 1", 10, good, 1, Cbor.of((1L << 32) + 1));
    bad("level PIN of 31 bytes", 10, good, 2, Cbor.of(new byte[31]));
    bad("level PIN absent in place of null", 10, good, 2, null);
    bad("level PIN's proof of 33 bytes", 10, good, 3, Cbor.of(new byte[33]));
    bad("level PIN without proof", 10, good, 3, null);
    bad("level PIN with an unknown key", 10, good, 4, Cbor.of(0));
  }

  private void authorities() {
    Cbor.Map good =
        Cbor.map().put(1, Cbor.of(new byte[10])).put(2, Cbor.of(new byte[32])).build();
    bad("authority under a number of 11 bytes", 11, good, 1, Cbor.of(new byte[11]));
    bad("authority under a number that is text", 11, good, 1, Cbor.of("0123456789ABCDEF"));
    bad("authority without a bill hash", 11, good, 2, null);
    bad("authority under a bill hash of 31 bytes", 11, good, 2, Cbor.of(new byte[31]));
    bad("authority with an unknown key", 11, good, 3, Cbor.of(0));
  }

  private void offers() {
    Cbor.Map bill = Cbor.map().put(1, Cbor.of(new byte[1])).build();
    bad("lodge for an offer id of 9 bytes", 5, bill, 2, Cbor.of(new byte[9]));
    bad("lodge for null", 5, bill, 2, Cbor.NULL);
    Cbor.Map number = Cbor.map().put(1, Cbor.of(new byte[10])).build();
    bad("bill of a number and an offer", 6, number, 2, Cbor.of(new byte[10]));
    bad("bill of neither", 6, number, 1, null);
    bad("bill of an offer id of 11 bytes", 6, Cbor.map().build(), 2, Cbor.of(new byte[11]));
  }
}
