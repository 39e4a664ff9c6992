package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.BindReply;
import org.tallystick.enrolment.BindRequest;
import org.tallystick.enrolment.EnrolmentSecrets;
import org.tallystick.enrolment.EnrolmentTerms;
import org.tallystick.enrolment.Footprint;
import org.tallystick.enrolment.Message1;
import org.tallystick.format.Suite;

/** Section 3: offers, requests and replies that do not hold. */
final class EnrolmentVectors {
  private static final List<Integer> CLASSIC_ONLY = List.of(Suite.CLASSIC.value());
  private static final String[] INFO = {
    "tag",
    "type",
    "format",
    "suites",
    "chosen suite",
    "consortium",
    "enrolment id",
    "role",
    "contract version",
    "contract hash",
    "bank name",
    "key set version",
    "minimum suite",
    "expiry"
  };

  private final ExampleParty party;
  private final List<JsonNode> all = new ArrayList<>();

  private EnrolmentVectors(ExampleParty party) {
    this.party = party;
  }

  static List<JsonNode> all(ExamplePayment payment, ExamplePayment hybrid) {
    EnrolmentVectors vectors = new EnrolmentVectors(payment.payer);
    vectors.offers();
    vectors.message1();
    vectors.message2(payment);
    EnrolmentVectors second = new EnrolmentVectors(hybrid.payer);
    second.suites();
    vectors.all.addAll(second.all);
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
    offer("suite 2 without its key", 10, Cbor.array(Cbor.of(1), Cbor.of(2)));
    offer("suite 0", 10, Cbor.array(Cbor.of(0), Cbor.of(1)));
    offer("a suite twice", 10, Cbor.array(Cbor.of(1), Cbor.of(1)));
    offer("suites descending", 10, Cbor.array(Cbor.of(3), Cbor.of(1)));
    offer("no suites", 10, Cbor.array());
    offer("no expiry", 12, null);
    offer("encapsulation key without suite 2", 13, Cbor.of(new byte[1184]));
    offer("no encapsulation key, and not null", 13, null);
    offer("unknown key", 14, Cbor.of(0));
    offer("trailing byte", Cose.with(party.offer.encode(), 0));
    offer("bank name of 65 characters", 3, Cbor.of("A".repeat(65)));
  }

  /** What the bank must not open: each field of the terms, the code, the id, the ciphertext. */
  private void message1() {
    byte[] info = party.terms.info();
    Cbor[] parts = Cbor.decode(info).asArray().toArray(new Cbor[0]);
    Cbor[] others = {
      Cbor.of("tallystack"),
      Cbor.of("enrollment"),
      Cbor.of(0),
      Cbor.array(Cbor.of(1), Cbor.of(2)),
      Cbor.of(2),
      Cbor.of("TM"),
      Cbor.of(new byte[16]),
      Cbor.of("PROVIDER"),
      Cbor.of(4),
      Cbor.of(new byte[32]),
      Cbor.of("Another Bank"),
      Cbor.of(2),
      Cbor.of(2),
      Cbor.of(Fixed.NOW + 900_001)
    };
    if (parts.length != INFO.length) {
      throw new IllegalStateException("terms have " + parts.length + " parts");
    }
    byte[] id = party.offer.enrolmentId();
    for (int i = 0; i < parts.length; i++) {
      Cbor[] changed = parts.clone();
      changed[i] = others[i];
      byte[] sealedUnder = Cbor.array(changed).encode();
      dropped("sealed under another " + INFO[i], sealedUnder, party.psk, id);
    }
    dropped("another activation code", info, Fixed.bytes("another psk", 32), id);
    dropped("another psk id", info, party.psk, new byte[16]);
    byte[] good = party.message1;
    message1("ciphertext flipped", Cose.flipped(good, -1), "dropped");
    message1("encapsulated key flipped", Cose.flipped(good, 20), "dropped");
    message1("trailing byte", Cose.with(good, 0), "malformed");
    message1("one part", Cbor.array(Cbor.of(party.hpke.enc())).encode(), "malformed");
    Message1 third = new Message1(party.hpke.enc(), party.hpke.ciphertext(), new byte[1088]);
    message1("ML-KEM ciphertext that nobody asked for", third.encode(), "dropped");
  }

  private void dropped(String name, byte[] info, byte[] psk, byte[] pskId) {
    byte[] message1 = sealed(info, psk, pskId, party.bind, null);
    message1(name, message1, "dropped");
  }

  private byte[] sealed(
      byte[] info, byte[] psk, byte[] pskId, byte[] bind, byte @Nullable [] kemCiphertext) {
    FixedHpke hpke =
        FixedHpke.seal(
            EcdhKey.ofScalar(party.ephemeralScalar),
            party.offer.hpkePoint(),
            info,
            psk,
            pskId,
            bind,
            EnrolmentSecrets.EXPORTER);
    return new Message1(hpke.enc(), hpke.ciphertext(), kemCiphertext).encode();
  }

  /** Suite 2: its ciphertext, and whoever talks one side down to suite 1. */
  private void suites() {
    Message1 good = Message1.decode(party.message1);
    byte[] ciphertext = java.util.Objects.requireNonNull(good.kemCiphertext());
    message1("suite 2: ML-KEM ciphertext flipped", with(Cose.flipped(ciphertext, 9)), "dropped");
    message1("suite 2: ML-KEM ciphertext taken away", with(null), "dropped");
    message1("suite 2: ML-KEM ciphertext too short", with(new byte[1087]), "malformed");
    byte[] id = party.offer.enrolmentId();
    byte[] psk = Activation.psk(id, party.activation.code()).reveal();
    byte[] info = party.terms.info();
    byte[] withoutKem = sealed(info, psk, id, party.bind, ciphertext);
    message1("suite 2: pre-shared key of suite 1", withoutKem, "dropped");
    EnrolmentTerms down = new EnrolmentTerms(party.offer, Suite.CLASSIC, Suite.CLASSIC);
    byte[] talkedDown = bind(down, ExampleParty.SUITES, Suite.CLASSIC);
    message1("both know suite 2 and chose 1", sealedIn(down, psk, talkedDown), "request");
    byte[] otherChosen = bind(down, CLASSIC_ONLY, Suite.HYBRID);
    message1("says suite 2 in a message of suite 1", sealedIn(down, psk, otherChosen), "request");
    EnrolmentTerms below = new EnrolmentTerms(party.offer, Suite.CLASSIC, Suite.HYBRID);
    byte[] onlyClassic = bind(below, CLASSIC_ONLY, Suite.CLASSIC);
    message1(
        "below the bank's minimum", sealedIn(below, psk, onlyClassic), Suite.HYBRID, "request");
    byte[] message2 =
        new BindReply(party.binding, List.of(), BindReply.ATTENDED, party.bindingRecord, 0, null, 0)
            .seal(secretsOfSuite1(), party.bankNonce);
    reply("suite 2: reply under the keys of suite 1", message2, "dropped");
  }

  private EnrolmentSecrets secretsOfSuite1() {
    return EnrolmentSecrets.derive(
        Secret.copyOf(party.hpke.exported()), party.message1, party.bankNonce, Suite.CLASSIC);
  }

  private byte[] with(byte @Nullable [] kemCiphertext) {
    Cbor enc = Cbor.of(party.hpke.enc());
    Cbor ciphertext = Cbor.of(party.hpke.ciphertext());
    return kemCiphertext == null
        ? Cbor.array(enc, ciphertext).encode()
        : Cbor.array(enc, ciphertext, Cbor.of(kemCiphertext)).encode();
  }

  private byte[] sealedIn(EnrolmentTerms terms, byte[] psk, byte[] bind) {
    return sealed(terms.info(), psk, terms.offer().enrolmentId(), bind, null);
  }

  private byte[] bind(EnrolmentTerms terms, List<Integer> suites, Suite chosen) {
    return new BindRequest(
            Sha256.of(terms.info()),
            party.device.verificationKey(),
            new Footprint("Maker", "Model", party.name, "Linux", "0.1"),
            null,
            Fixed.bytes("a device nonce", 32),
            party.offer.contractHash(),
            Fixed.NOW,
            suites,
            chosen)
        .sign(party.device, ExampleBank.CONSORTIUM);
  }

  private void message1(String name, byte[] message1, String refusal) {
    message1(name, message1, Suite.CLASSIC, refusal);
  }

  private void message1(String name, byte[] message1, Suite minimum, String refusal) {
    all.add(
        Vector.of("message1-bad", name)
            .integer("minimumSuite", minimum.value())
            .hex("hpkeScalar", party.hpkeScalar)
            .hex("hpkePublic", party.hpkeKey.publicPoint())
            .hex("kemSeed", party.kemSeed)
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
            .suite(party.binding.suite())
            .text("consortium", ExampleBank.CONSORTIUM)
            .hex("message1", party.message1)
            .hex("exported", party.hpke.exported())
            .hex("message2", message2)
            .refused(refusal));
  }
}
