package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.enrolment.Offer;

/** Section 3: offers, requests and replies that do not hold. */
final class EnrolmentVectors {
  private final ExampleParty party;
  private final List<JsonNode> all = new ArrayList<>();

  private EnrolmentVectors(ExampleParty party) {
    this.party = party;
  }

  static List<JsonNode> all(ExamplePayment payment) {
    EnrolmentVectors vectors = new EnrolmentVectors(payment.payer);
    vectors.offers();
    vectors.message1();
    vectors.message2(payment);
    return vectors.all;
  }

  private void offer(String name, byte[] offer) {
    all.add(Vector.of("offer-bad", name).hex("offer", offer).refused("malformed"));
  }

  private void offer(String name, long key, @Nullable Cbor value) {
    Cbor.Map good = (Cbor.Map) Cbor.decode(party.offer.encode());
    offer(name, Cose.with(good, key, value).encode());
  }

  private void offers() {
    offer("format 0", 1, Cbor.of(0));
    offer("hash of another contract", 7, Cbor.of(new byte[32]));
    offer("contract changed", 8, Cbor.of("We agree: each code is used twice."));
    offer("compressed HPKE key", 9, Cbor.of(new byte[33]));
    offer("no suite in common", 10, Cbor.array(Cbor.of(2)));
    offer("no suites", 10, Cbor.array());
    offer("no expiry", 12, null);
    offer("unknown key", 13, Cbor.of(0));
    offer("trailing byte", Cose.with(party.offer.encode(), 0));
    offer("bank name of 65 characters", 3, Cbor.of("A".repeat(65)));
  }

  /** What the bank must not open: each field of the offer, the code, the id, the ciphertext. */
  private void message1() {
    Offer o = party.offer;
    byte[] text = o.contractText().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    if (text.length == 0) {
      throw new IllegalStateException("the example has a contract");
    }
    byte[] info = o.info();
    Cbor[] parts = Cbor.decode(info).asArray().toArray(new Cbor[0]);
    String[] names = {
      "",
      "",
      "format",
      "suites",
      "consortium",
      "enrolment id",
      "role",
      "contract version",
      "contract hash",
      "bank name",
      "key set version"
    };
    Cbor[] others = {
      Cbor.NULL,
      Cbor.NULL,
      Cbor.of(0),
      Cbor.array(Cbor.of(1), Cbor.of(2)),
      Cbor.of("TM"),
      Cbor.of(new byte[16]),
      Cbor.of("PROVIDER"),
      Cbor.of(4),
      Cbor.of(new byte[32]),
      Cbor.of("Another Bank"),
      Cbor.of(2)
    };
    for (int i = 2; i < parts.length; i++) {
      Cbor[] changed = parts.clone();
      changed[i] = others[i];
      byte[] sealedUnder = Cbor.array(changed).encode();
      request("sealed under another " + names[i], sealedUnder, party.psk, o.enrolmentId());
    }
    request("another activation code", info, Fixed.bytes("another psk", 32), o.enrolmentId());
    request("another psk id", info, party.psk, new byte[16]);
    byte[] good = party.message1;
    message1("ciphertext flipped", Cose.flipped(good, -1), "dropped");
    message1("encapsulated key flipped", Cose.flipped(good, 20), "dropped");
    message1("trailing byte", Cose.with(good, 0), "malformed");
  }

  private void request(String name, byte[] info, byte[] psk, byte[] pskId) {
    FixedHpke hpke =
        FixedHpke.seal(
            org.tallystick.crypto.EcdhKey.ofScalar(party.ephemeralScalar),
            party.offer.hpkePoint(),
            info,
            psk,
            pskId,
            party.bind,
            org.tallystick.enrolment.EnrolmentSecrets.EXPORTER);
    message1(name, Cbor.array(Cbor.of(hpke.enc()), Cbor.of(hpke.ciphertext())).encode(), "dropped");
  }

  private void message1(String name, byte[] message1, String refusal) {
    all.add(
        Vector.of("message1-bad", name)
            .hex("hpkeScalar", party.hpkeScalar)
            .hex("hpkePublic", party.hpkeKey.publicPoint())
            .hex("offer", party.offer.encode())
            .hex("activationCode", party.activation.code().reveal())
            .hex("message1", message1)
            .refused(refusal));
  }

  private void message2(ExamplePayment payment) {
    byte[] good = party.message2;
    reply("sealed part flipped", Cose.flipped(good, -1), "dropped");
    reply("bank nonce flipped", Cose.flipped(good, 4), "dropped");
    reply("reply to another device", payment.payee.message2, "dropped");
    reply("trailing byte", Cose.with(good, 0), "malformed");
    reply("bank nonce of 31 bytes", nonceCut(good), "malformed");
  }

  private static byte[] nonceCut(byte[] good) {
    Cbor sealed = Cbor.decode(good).asArray(2).get(1);
    return Cbor.array(Cbor.of(new byte[31]), sealed).encode();
  }

  private void reply(String name, byte[] message2, String refusal) {
    all.add(
        Vector.of("message2-bad", name)
            .text("consortium", ExampleBank.CONSORTIUM)
            .hex("message1", party.message1)
            .hex("exported", party.hpke.exported())
            .hex("message2", message2)
            .refused(refusal));
  }
}
