package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.Bill;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;

/** Sections 2 and 6: key sets and bills that do not hold. */
final class BillVectors {
  private final ExamplePayment payment;
  private final ExampleBank bank;
  private final List<JsonNode> all = new ArrayList<>();

  private BillVectors(ExamplePayment payment) {
    this.payment = payment;
    this.bank = payment.bank;
  }

  static List<JsonNode> bills(ExamplePayment payment) {
    BillVectors vectors = new BillVectors(payment);
    vectors.forms();
    vectors.certificates();
    vectors.signatures();
    vectors.bodies();
    vectors.conditions();
    return vectors.all;
  }

  static List<JsonNode> keys(ExamplePayment payment) {
    BillVectors vectors = new BillVectors(payment);
    vectors.keySets();
    return vectors.all;
  }

  private void bad(String name, String text, long at, String refusal) {
    all.add(
        Vector.of("bill-bad", name)
            .hex("keySet", bank.keySet)
            .hex("rootPublic", bank.rootPublic())
            .text("consortium", ExampleBank.CONSORTIUM)
            .integer("at", at)
            .text("text", text)
            .refused(refusal));
  }

  private void bad(String name, Bill bill, String refusal) {
    bad(name, bill.qrText(), Fixed.NOW + 60_000, refusal);
  }

  private void forms() {
    String good = payment.bill.qrText();
    byte[] bytes = payment.bill.encode();
    long at = Fixed.NOW + 60_000;
    bad("empty", "", at, "B1");
    bad("prefix of format 0", good.replaceFirst("TALLY1", "TALLY0"), at, "B1");
    bad("another prefix", good.replaceFirst("TALLY1", "TALLY9"), at, "B1");
    bad("prefix in lower case", good.replaceFirst("TALLY1", "tally1"), at, "B1");
    bad("padded", good + "=", at, "B1");
    bad("spare symbol", good + "A", at, "B1");
    bad("trailing byte", Bill.QR_PREFIX + Base64Url.encode(Cose.with(bytes, 0)), at, "B1");
    byte[] one = Cbor.array(Cbor.of(payment.bill.signed())).encode();
    bad("without a certificate", Bill.QR_PREFIX + Base64Url.encode(one), at, "B1");
    byte[] large = Cbor.array(Cbor.of(payment.bill.signed()), Cbor.of(new byte[2_048])).encode();
    bad("over 2048 bytes", Bill.QR_PREFIX + Base64Url.encode(large), at, "B1");
    bad("expired", good, Fixed.NOW + 300_001, "B6");
    bad("certificate not valid yet", good, Fixed.NOW - 1_001, "B2");
    bad("certificate over", good, Fixed.NOW + 86_399_001, "B2");
  }

  private Bill with(byte[] certificate) {
    return Bill.sign(payment.body(), payment.payee.device, certificate);
  }

  private void certificates() {
    long from = Fixed.NOW - 1_000;
    long to = Fixed.NOW + 86_399_000;
    ExampleParty payee = payment.payee;
    byte[] own = payee.certificate(from, to, "Café", "Zürich").sign(payee.device);
    bad("certificate signed by the device itself", with(own), "B2");
    byte[] answer = payee.certificate(from, to, "Café", "Zürich").sign(bank.answer);
    bad("certificate signed by the bank's answer key", with(answer), "B2");
    byte[] good = payee.certificate(from, to, "Café", "Zürich").sign(bank.certificate);
    bad("certificate's signature flipped", with(Cose.flipped(good, -1)), "B2");
    bad("certificate with high s", with(Cose.highS(good)), "B2");
    bad("binding record as certificate", with(payee.bindingRecord), "B2");
    bad("certificate of another device", with(foreign(from, to)), "B3");
    bad("name that turns the reading direction", named("Caf\u202eé", "Zürich"), "B7");
    bad("name with a zero width space", named("Ca\u200bfé", "Zürich"), "B7");
    bad("place with a line feed", named("Café", "Zürich\nBern"), "B7");
    bad("name with a private character", named("Caf\ue000", "Zürich"), "B7");
  }

  private byte[] foreign(long from, long to) {
    return payment.payer.certificate(from, to, "Café", "Zürich").sign(bank.certificate);
  }

  private Bill named(String name, String place) {
    long from = Fixed.NOW - 1_000;
    return with(
        payment.payee.certificate(from, from + 86_400_000, name, place).sign(bank.certificate));
  }

  private void signatures() {
    Bill good = payment.bill;
    bad("bill's signature flipped", signed(Cose.flipped(good.signed(), -1)), "B3");
    bad("bill with high s", signed(Cose.highS(good.signed())), "B3");
    byte[] payload = CoseSign1.decode(good.signed()).payload();
    String number = good.body().number();
    SigningKey device = payment.payee.device;
    byte[] typ =
        CoseSign1.sign(
                device, "ts/half", Format.aad("bill", Suite.CLASSIC, "TL", number, ""), payload)
            .encoded();
    bad("bill with typ ts/half", signed(typ), "B3");
    String other = "0123456789ABCDEF";
    bad("signed for another number", signed(sign("TL", other, "", payload)), "B3");
    bad("signed for another consortium", signed(sign("TM", number, "", payload)), "B3");
    bad("signed for an account", signed(sign("TL", number, "A", payload)), "B3");
  }

  private byte[] sign(String consortium, String number, String account, byte[] payload) {
    return Signed.sign(
        payment.payee.device, "bill", Suite.CLASSIC, consortium, number, account, payload);
  }

  private Bill signed(byte[] sign1) {
    return new Bill(sign1, payment.bill.certificate());
  }

  private void body(String name, long key, @Nullable Cbor value, String refusal) {
    Cbor.Map body = (Cbor.Map) Cbor.decode(CoseSign1.decode(payment.bill.signed()).payload());
    byte[] changed = Cose.with(body, key, value).encode();
    bad(name, signed(sign("TL", payment.bill.body().number(), "", changed)), refusal);
  }

  private static Cbor item(String text, long amount) {
    return Cbor.array(Cbor.of(text), Cbor.of(amount));
  }

  private void bodies() {
    body("another consortium", 2, Cbor.of("TM"), "B4");
    body("items do not add up", 6, Cbor.of(2_501), "B5");
    body("tax does not add up", 7, Cbor.of(66), "B5");
    body("total does not add up", 8, Cbor.of(2_566), "B5");
    body("item negative", 5, Cbor.array(item("A", 2_501), item("B", -1)), "B1");
    body("tax negative", 7, Cbor.of(-65), "B1");
    body("item of three parts", 5, Cbor.array(Cbor.array(Cbor.of("A"))), "B1");
    body("item of 65 characters", 5, Cbor.array(item("A".repeat(65), 2_500)), "B1");
    Cbor[] many = new Cbor[33];
    java.util.Arrays.fill(many, item("A", 0));
    body("33 items", 5, Cbor.array(many), "B1");
    body("item that turns the reading direction", 5, turned(), "B7");
    body("unknown currency", 9, Cbor.of("QQQ"), "B1");
    body("lives for more than a quarter of an hour", 11, Cbor.of(Fixed.NOW + 900_001), "B1");
    body("expires before it was made", 11, Cbor.of(Fixed.NOW - 1), "B1");
    body("salt of 15 bytes", 12, Cbor.of(new byte[15]), "B1");
    body("till label of 33 characters", 13, Cbor.of("A".repeat(33)), "B1");
    body("presence is not true", 15, Cbor.of(false), "B1");
    body("unknown key", 19, Cbor.of(0), "B1");
    body("no routing label", 14, null, "B1");
    body("format 0", 1, Cbor.of(0), "B1");
    body("unknown purpose", 4, Cbor.of(9), "B1");
  }

  private void conditions() {
    Cbor until = Cbor.of(Fixed.NOW + 31 * 86_400_000L);
    body("limits of nothing", 16, Cbor.map().build(), "B1");
    body("highest tip is 0", 16, Cbor.map().put(1, Cbor.of(0)).build(), "B1");
    Cbor below = Cbor.array(Cbor.of(2_564), until);
    body("hold limit below the total", 16, Cbor.map().put(2, below).build(), "B1");
    Cbor late = Cbor.array(Cbor.of(2_565), Cbor.of(Fixed.NOW + 31 * 86_400_000L + 1));
    body("hold for more than 31 days", 16, Cbor.map().put(2, late).build(), "B1");
    body("content hash of 31 bytes", 17, Cbor.of(new byte[31]), "B1");
    body("no consent asked", 18, Cbor.of(0), "B1");
    body("unknown consent asked", 18, Cbor.of(16), "B1");
  }

  private static Cbor turned() {
    return Cbor.array(item("A\u2067", 2_500));
  }

  private void keys(String name, byte[] root, byte[] sign1, byte[] pin, String refusal) {
    all.add(
        Vector.of("keys-bad", name)
            .text("consortium", ExampleBank.CONSORTIUM)
            .hex("rootPublic", root)
            .hex("fingerprint", pin)
            .hex("keySet", sign1)
            .refused(refusal));
  }

  private void keySets() {
    byte[] root = bank.rootPublic();
    byte[] pin = org.tallystick.crypto.Sha256.of(root);
    byte[] good = bank.keySet;
    keys("another root than the pinned", root, good, Cose.flipped(pin, 0), "signature");
    byte[] other = Fixed.signing("another root").verificationKey().compressed();
    byte[] otherPin = org.tallystick.crypto.Sha256.of(other);
    keys("signed by another root", other, good, otherPin, "signature");
    keys("signature flipped", root, Cose.flipped(good, -1), pin, "signature");
    keys("high s", root, Cose.highS(good), pin, "signature");
    keys("trailing byte", root, Cose.with(good, 0), pin, "malformed");
    byte[] offCurve = root.clone();
    java.util.Arrays.fill(offCurve, 1, 33, (byte) 0xff);
    byte[] offPin = org.tallystick.crypto.Sha256.of(offCurve);
    keys("root is no point", offCurve, good, offPin, "malformed");
    keys("for another consortium", root, signedFor("TM", payload()), pin, "signature");
    keySet("format 0", 1, Cbor.of(0));
    keySet("version 0", 4, Cbor.of(0));
    keySet("unknown key", 9, Cbor.of(0));
    keySet("no recovery epoch", 7, null);
    keySet("recovery epoch negative", 7, Cbor.of(-1));
    keySet("minimum suite 3", 8, Cbor.of(3));
    keySet("bank name of 65 characters", 3, Cbor.of("A".repeat(65)));
    keySet("no creation time", 6, null);
    Cbor.Map first = (Cbor.Map) payload().get(5).orElseThrow().asArray().get(0);
    keySet("kid of another key", 5, Cbor.array(Cose.with(first, 1, Cbor.of(new byte[8]))));
    keySet("key of an unknown use", 5, Cbor.array(Cose.with(first, 2, Cbor.of("other"))));
    keySet("key of an unknown algorithm", 5, Cbor.array(Cose.with(first, 6, Cbor.of(-8))));
    keySet("key of another algorithm", 5, Cbor.array(Cose.with(first, 6, Cbor.of(-49))));
    keySet("five keys of one use at a time", 5, Cbor.array(first, first, first, first, first));
    byte[] infinity = new byte[33];
    keySet("key is no point", 5, Cbor.array(Cose.with(first, 3, Cbor.of(infinity))));
    byte[] wrongTyp =
        CoseSign1.sign(
                bank.root,
                "ts/receipt",
                Format.aad("keys", Suite.CLASSIC, "TL", "", ""),
                payload().encode())
            .encoded();
    keys("typ ts/receipt", root, wrongTyp, pin, "signature");
  }

  private Cbor.Map payload() {
    return (Cbor.Map) Cbor.decode(CoseSign1.decode(bank.keySet).payload());
  }

  private byte[] signedFor(String consortium, Cbor.Map payload) {
    return Signed.sign(bank.root, "keys", Suite.CLASSIC, consortium, payload.encode());
  }

  private void keySet(String name, long key, @Nullable Cbor value) {
    byte[] pin = org.tallystick.crypto.Sha256.of(bank.rootPublic());
    byte[] sign1 = signedFor("TL", Cose.with(payload(), key, value));
    keys(name, bank.rootPublic(), sign1, pin, "malformed");
  }

  /** Further PIN vectors; few iterations, but for the worked example's. */
  static List<JsonNode> pins(ExamplePayment payment) {
    List<JsonNode> all = new ArrayList<>();
    String[] pins = {"0000", "no number: Grüße 😀", "123456789012345678901234567890"};
    byte[] device = payment.payer.binding.deviceId();
    for (String pin : pins) {
      byte[] secret = Fixed.bytes("pin secret " + pin, 32);
      byte[] salt = Fixed.bytes("pin salt " + pin, 16);
      byte[] hash = Fixed.bytes("a bill hash", 32);
      try (var keys = payment.payerHalf.keys()) {
        all.add(PinVectors.vector(pin, pin, secret, salt, 1_000, keys, device, hash).node());
      }
    }
    return all;
  }

  /** Aliases of several devices, and fields that are none of this key's. */
  static List<JsonNode> aliases() {
    List<JsonNode> all = new ArrayList<>();
    byte[] secret = Fixed.bytes("alias key", 32);
    for (long index : new long[] {0, 1, 0x01020304050607L, (1L << 53) - 1}) {
      byte[] random = Fixed.bytes("alias random " + index, 8);
      byte[] alias =
          new org.tallystick.alias.AliasKey(255, Secret.copyOf(secret))
              .alias(index, Fixed.random(random));
      all.add(
          Vector.of("alias", "device " + index)
              .integer("keyId", 255)
              .hex("key", secret)
              .integer("deviceIndex", index)
              .hex("random", random)
              .hex("alias", alias)
              .text("text", Base64Url.encode(alias))
              .node());
    }
    String[] bad = {"A".repeat(22), "A".repeat(24), "A".repeat(22) + "B", "A".repeat(22) + "="};
    String[] names = {"22 symbols", "24 symbols", "spare bits set", "padded"};
    for (int i = 0; i < bad.length; i++) {
      all.add(Vector.of("alias-bad", names[i]).text("text", bad[i]).refused("malformed"));
    }
    return all;
  }
}
