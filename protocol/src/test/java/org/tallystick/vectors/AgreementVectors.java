package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.agreement.AgreementTerms;
import org.tallystick.agreement.SignedAgreement;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.evidence.AgreedUnder;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.notice.AgreementSigned;
import org.tallystick.notice.AgreementToSign;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.notice.RegistrationMoved;
import org.tallystick.request.Agree;

/** Section 10.4: a party agrees to a new version of the agreement, and hears of it. */
final class AgreementVectors {
  private static final String TEXT = "EXAMPLE AGREEMENT, VERSION 2\n\n1. Everything as before.\n";
  private static final long VERSION = 2;
  private static final byte[] HASH = Sha256.of(TEXT.getBytes(StandardCharsets.UTF_8));

  private final ExampleParty payer;
  private final SignedAgreement agreement;
  private final byte[] sign1;
  private final List<JsonNode> all = new ArrayList<>();

  private AgreementVectors(ExampleParty payer) {
    this.payer = payer;
    this.agreement =
        new SignedAgreement(
            ExampleBank.CONSORTIUM,
            payer.binding.accountIdentifier(),
            payer.binding.contractId(),
            VERSION,
            HASH,
            Fixed.NOW);
    this.sign1 = agreement.sign(payer.device, payer.binding.suite());
  }

  /** What waits for the payer's signature. */
  static AgreementTerms waiting() {
    return new AgreementTerms(VERSION, HASH, Fixed.NOW + 2_592_000_000L);
  }

  /** Arguments of kind 12. */
  static Agree request(ExampleParty payer) {
    return new Agree(new AgreementVectors(payer).sign1);
  }

  /** Kinds 5 to 7. */
  static List<NoticeSubject> notices(ExampleParty payer) {
    List<NoticeSubject> subjects = new ArrayList<>();
    subjects.add(new AgreementToSign(waiting()));
    for (RegistrationMoved.Standing standing : RegistrationMoved.Standing.values()) {
      subjects.add(new RegistrationMoved(standing, Fixed.NOW));
    }
    byte[] signature = Sha256.of(new AgreementVectors(payer).sign1);
    subjects.add(new AgreementSigned(VERSION, HASH, payer.binding.deviceId(), signature));
    return subjects;
  }

  /** For the worked example. */
  static Vector example(ExampleParty payer) {
    return new AgreementVectors(payer).vector();
  }

  /** For requests.json. */
  static List<JsonNode> all(ExamplePayment payment) {
    AgreementVectors vectors = new AgreementVectors(payment.payer);
    vectors.all.add(vectors.vector().node());
    vectors.refused(payment.payee.device);
    return vectors.all;
  }

  /** For evidence.json: the payer's device signed, the payee's was bound under what holds. */
  static List<JsonNode> evidence(ExamplePayment payment) {
    AgreementVectors vectors = new AgreementVectors(payment.payer);
    vectors.bundles(payment);
    return vectors.all;
  }

  private void bundles(ExamplePayment payment) {
    EvidenceBundle plain = payment.evidence();
    BindingRecord payee = BindingRecord.unverified(payment.payee.bindingRecord);
    AgreedUnder signed = new AgreedUnder(VERSION, HASH, sign1, null);
    AgreedUnder bound = new AgreedUnder(1, payee.contractHash(), null, payment.payee.bindingRecord);
    EvidenceBundle bundle =
        new EvidenceBundle(
            plain.consortium(),
            plain.keySet(),
            plain.number(),
            List.of(plain.sides().get(0).under(signed), plain.sides().get(1).under(bound)),
            plain.bill());
    all.add(
        Vector.of("evidence-agreed", "a signed agreement, and one that a device was bound under")
            .hex("rootPublic", payment.bank.rootPublic())
            .hex("bundle", bundle.encode())
            .node());
    Cbor.Map map = (Cbor.Map) Cbor.decode(bundle.encode());
    badAgreed("agreement of version 0", map, 1, Cbor.of(0));
    badAgreed("agreement of version 10000", map, 1, Cbor.of(AgreementTerms.MAX_VERSION + 1));
    badAgreed("agreement hash of 31 bytes", map, 2, Cbor.of(new byte[31]));
    badAgreed("agreement without a hash", map, 2, null);
    badAgreed("agreement signature of 63 bytes", map, 3, Cbor.of(new byte[63]));
    badAgreed("agreement signature of 513 bytes", map, 3, Cbor.of(new byte[513]));
    badAgreed("agreement binding record of 2049 bytes", map, 4, Cbor.of(new byte[2049]));
    badAgreed("agreement with an unknown key", map, 5, Cbor.of(0));
  }

  private void badAgreed(String name, Cbor.Map bundle, long key, @Nullable Cbor value) {
    List<Cbor> sides = new ArrayList<>(bundle.get(5).orElseThrow().asArray());
    Cbor.Map side = (Cbor.Map) sides.get(0);
    Cbor.Map agreed = (Cbor.Map) side.get(12).orElseThrow();
    sides.set(0, Cose.with(side, 12, Cose.with(agreed, key, value)));
    all.add(
        Vector.of("evidence-bad", name)
            .hex("bundle", Cose.with(bundle, 5, Cbor.array(sides)).encode())
            .refused("malformed"));
  }

  private Vector vector() {
    return inputs(Vector.of("agreement", "a new version is agreed to"))
        .text("text", TEXT)
        .hex("scalar", payer.device.scalar())
        .hex("accountIdentifier", agreement.accountIdentifier())
        .hex("contractId", agreement.contractId())
        .integer("version", agreement.version())
        .hex("agreementHash", agreement.hash())
        .integer("time", agreement.timeMillis())
        .hex("payload", CoseSign1.decode(sign1).payload())
        .hex("sign1", sign1);
  }

  private Vector inputs(Vector vector) {
    return vector
        .suite(payer.binding.suite())
        .text("consortium", ExampleBank.CONSORTIUM)
        .hex("devicePublic", payer.device.verificationKey().compressed());
  }

  private void bad(String name, byte[] given, String refusal) {
    all.add(inputs(Vector.of("agreement-bad", name)).hex("sign1", given).refused(refusal));
  }

  private void body(String name, long key, @Nullable Cbor value) {
    Cbor.Map good = (Cbor.Map) Cbor.decode(CoseSign1.decode(sign1).payload());
    byte[] payload = Cose.with(good, key, value).encode();
    bad(
        name,
        Signed.sign(
            payer.device, "agreement", payer.binding.suite(), ExampleBank.CONSORTIUM, payload),
        "malformed");
  }

  private void refused(SigningKey stranger) {
    byte[] payload = CoseSign1.decode(sign1).payload();
    bad("signed by another device", agreement.sign(stranger, payer.binding.suite()), "signature");
    byte[] typ =
        Signed.sign(
            payer.device, "countersign", payer.binding.suite(), ExampleBank.CONSORTIUM, payload);
    bad("typ ts/countersign", typ, "signature");
    byte[] elsewhere = Signed.sign(payer.device, "agreement", payer.binding.suite(), "TM", payload);
    bad("signed for another consortium", elsewhere, "signature");
    bad("signature flipped", Cose.flipped(sign1, -1), "signature");
    bad("signature with high s", Cose.highS(sign1), "signature");
    bad("trailing byte", Cose.with(sign1, 0), "malformed");
    body("format 0", 1, Cbor.of(0));
    body("format missing", 1, null);
    body("another consortium inside", 2, Cbor.of("TM"));
    body("consortium of three letters", 2, Cbor.of("TLX"));
    body("account identifier of 15 bytes", 3, Cbor.of(new byte[15]));
    body("contract id of 17 bytes", 4, Cbor.of(new byte[17]));
    body("version 0", 5, Cbor.of(0));
    body("version 10000", 5, Cbor.of(AgreementTerms.MAX_VERSION + 1));
    body("hash of 31 bytes", 6, Cbor.of(new byte[31]));
    body("time negative", 7, Cbor.of(-1));
    body("unknown key", 8, Cbor.of(Format.VERSION));
  }
}
