package org.tallystick.fuzz;

import static org.tallystick.fuzz.Parser.bytes;
import static org.tallystick.fuzz.Parser.present;
import static org.tallystick.fuzz.Parser.text;
import static org.tallystick.fuzz.Parser.typed;
import static org.tallystick.fuzz.SignedPayload.BANK;
import static org.tallystick.fuzz.SignedPayload.CONSORTIUM;
import static org.tallystick.fuzz.SignedPayload.KEY;
import static org.tallystick.fuzz.SignedPayload.SECOND;
import static org.tallystick.fuzz.SignedPayload.SIGNER;
import static org.tallystick.fuzz.SignedPayload.filled;

import java.util.Arrays;
import java.util.List;
import org.tallystick.alias.AliasKey;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Progress;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.bill.PaymentOffer;
import org.tallystick.bill.ProviderCertificate;
import org.tallystick.code.Code;
import org.tallystick.code.PrivateMap;
import org.tallystick.code.SignedMap;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.Crockford32;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.MlDsaSigningKey;
import org.tallystick.crypto.MlDsaVerificationKey;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.enrolment.Offer;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKeySet;
import org.tallystick.log.DecisionDetails;
import org.tallystick.log.LogLine;
import org.tallystick.log.NoticeDetails;
import org.tallystick.pin.PinVerifier;
import org.tallystick.receipt.Receipt;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.EpochSecrets;

/** Parsers of the module {@code protocol}. */
final class ProtocolTargets {
  private static final int ACTIVATION_LENGTH = 48;

  static final List<Target> ALL =
      List.of(
          // codec, cose, crypto
          new Target("cbor", () -> bytes(Cbor::decode, Cbor::encode)),
          new Target("base64url", () -> text(Base64Url::decode, Base64Url::encode)),
          new Target(
              "crockford",
              () ->
                  typed(t -> Crockford32.decode(t, 16), Crockford32::encode)
                      .seeded("7zzz-zzzz-zzzz-zzzz-zzzz-zzzz-lo")),
          new Target(
              "crockford-check",
              () ->
                  typed(
                      t -> Crockford32.decodeWithCheck(t, ACTIVATION_LENGTH),
                      Crockford32::encodeWithCheck)),
          new Target("cose-sign1", () -> bytes(CoseSign1::decode, CoseSign1::encoded)),
          new Target("cose-encrypt0", () -> bytes(CoseEncrypt0::decode, CoseEncrypt0::encode)),
          new Target("public-key", () -> bytes(ProtocolTargets::point)),
          new Target(
              "public-key-hybrid",
              () ->
                  bytes(MlDsaVerificationKey::of, MlDsaVerificationKey::encoded)
                      .seeded(SECOND.verificationKey().encoded())),
          new Target("kem-key", () -> bytes(ProtocolTargets::encapsulate)),
          new Target("kem-ciphertext", () -> bytes(ProtocolTargets::decapsulate)),
          new Target(
              "signed-hybrid",
              () ->
                  bytes(ProtocolTargets::signedBySecond)
                      .refusing(SignatureRefusedException.class)
                      .seeded(
                          Signed.sign(SECOND, "answer", Suite.HYBRID, CONSORTIUM, filled(3, 1)))),
          new Target(
              "signing-key-hybrid", () -> bytes(MlDsaSigningKey::ofSeed, MlDsaSigningKey::seed)),
          new Target("kem-seed", () -> bytes(MlKemKey::ofSeed, MlKemKey::seed)),
          new Target("signing-key", () -> bytes(SigningKey::ofScalar, SigningKey::scalar)),
          new Target("ecdh-key", () -> bytes(EcdhKey::ofScalar, EcdhKey::scalar)),
          new Target(
              "signed",
              () ->
                  bytes(ProtocolTargets::signed)
                      .refusing(SignatureRefusedException.class)
                      .seeded(
                          Signed.sign(SIGNER, "answer", Suite.CLASSIC, CONSORTIUM, filled(3, 1)))),
          // a code and what is in it
          new Target("code", () -> text(Code::parse, ProtocolTargets::code)),
          new Target("signed-map", () -> bytes(SignedMap::decode, SignedMap::encode)),
          new Target("private-map", () -> bytes(PrivateMap::decode, PrivateMap::encode)),
          new Target("number", () -> text(TransactionNumber::bytes, TransactionNumber::text)),
          new Target(
              "typed-number", () -> typed(TransactionNumber::typed, TransactionNumber::typable)),
          new Target(
              "alias", () -> bytes(ProtocolTargets::alias).seeded(filled(AliasKey.LENGTH, 1))),
          new Target(
              "pin-verifier",
              () ->
                  bytes(PinVerifier::ofBytes, PinVerifier::toBytes)
                      .refusing(IllegalArgumentException.class)),
          new Target(
              "device-epochs",
              () -> bytes(DeviceEpochs::decode, DeviceEpochs::encode).seeded(deviceEpochs())),
          // enrolment and keys
          new Target("activation", () -> typed(Activation::parse, Activation::text)),
          new Target("offer", () -> bytes(Offer::decode, Offer::encode)),
          new Target(
              "binding-record",
              () ->
                  SignedPayload.signed(
                          "binding",
                          sign1 -> BindingRecord.verify(sign1, BANK),
                          BindingRecord::sign)
                      .refusing(SignatureRefusedException.class) // suite 2, which is not signed
                      .onlySeeded(MessageParts.payload("enrolment", "bindingRecord"))),
          new Target(
              "key-set",
              () ->
                  SignedPayload.signed(
                          "keys",
                          sign1 -> BankKeySet.verify(sign1, KEY, CONSORTIUM),
                          BankKeySet::sign)
                      .onlySeeded(MessageParts.payload("keys", "keySet"))),
          // bills
          new Target("bill", () -> bytes(Bill::decode, Bill::encode)),
          new Target("bill-qr", () -> text(Bill::ofQrText, Bill::qrText)),
          new Target("bill-body", () -> bytes(BillBody::decode, BillBody::encode)),
          new Target(
              "bill-payload",
              () ->
                  bytes(ProtocolTargets::billBody)
                      .onlySeeded(MessageParts.payload("bill", "signedBill"))),
          new Target(
              "certificate",
              () ->
                  SignedPayload.signed(
                          "certificate",
                          sign1 -> ProviderCertificate.verify(sign1, BANK, 0),
                          ProviderCertificate::sign)
                      .onlySeeded(MessageParts.payload("bill", "certificate"))),
          new Target("payment-offer", () -> bytes(PaymentOffer::decode, PaymentOffer::encode)),
          new Target("payment-offer-qr", () -> text(PaymentOffer::ofQrText, PaymentOffer::qrText)),
          // what stays
          new Target("progress", () -> bytes(Progress::decode, Progress::encode)),
          new Target("answer", () -> bytes(Answer::decode, Answer::encode)),
          new Target("receipt", () -> bytes(Receipt::decode, Receipt::encode)),
          new Target(
              "receipt-check",
              () ->
                  bytes(ProtocolTargets::receipt)
                      .onlySeeded(Vectors.hex(Vectors.first("receipt"), "payload"))),
          new Target(
              "log-line",
              () -> bytes(b -> LogLine.of(Cbor.decode(b)), line -> line.toCbor().encode())),
          new Target("log-content", () -> bytes(ProtocolTargets::logContent)),
          new Target(
              "decision-details", () -> bytes(DecisionDetails::decode, DecisionDetails::encode)),
          new Target("notice-details", () -> bytes(NoticeDetails::decode, NoticeDetails::encode)),
          new Target(
              "evidence-bundle", () -> bytes(EvidenceBundle::decode, EvidenceBundle::encode)));

  private ProtocolTargets() {}

  private static void point(byte[] sec1) {
    VerificationKey key = VerificationKey.ofPoint(sec1);
    if (!VerificationKey.ofPoint(key.compressed()).equals(key)) {
      throw new BrokenRuleError("a point is another one once it is compressed");
    }
  }

  /** Two epochs, a skipped key and a notice. */
  private static byte[] deviceEpochs() {
    DeviceEpochs first = DeviceEpochs.enrolled(Suite.CLASSIC, filled(16, 4), secrets(5), 0, 1);
    DeviceEpochs second = first.rekeyed(1, secrets(9), filled(32, 6), 1, List.of(2L), 2, 9);
    return second.closed(7, 3, 9).noticed().encode();
  }

  private static EpochSecrets secrets(long first) {
    Secret same = Secret.adopt(filled(32, 3));
    return new EpochSecrets(first, same, same, same, same);
  }

  private static void signed(byte[] sign1) {
    Signed.payload(sign1, KEY, "answer", Suite.CLASSIC, CONSORTIUM);
  }

  private static void signedBySecond(byte[] sign1) {
    Signed.payload(sign1, SECOND.verificationKey(), "answer", Suite.HYBRID, CONSORTIUM);
  }

  private static void encapsulate(byte[] key) {
    MlKemKey.encapsulate(key, new FixedRandom());
  }

  private static void decapsulate(byte[] ciphertext) {
    try (MlKemKey key = MlKemKey.ofSeed(filled(64, 1))) {
      key.decapsulate(ciphertext);
    }
  }

  /** Input: what the bank signs twice. What is read names nothing else than its signatures do. */
  private static void receipt(byte[] payload) {
    String number = Receipt.decode(payload).number();
    byte[] first = Signed.sign(SIGNER, Receipt.TYPE, Suite.HYBRID, CONSORTIUM, number, "", payload);
    byte[] second =
        Signed.sign(SECOND, Receipt.TYPE, Suite.HYBRID, CONSORTIUM, number, "", payload);
    Receipt receipt = Receipt.verify(first, second, Suite.HYBRID, BANK, number);
    if (!receipt.consortium().equals(CONSORTIUM)) {
      throw new BrokenRuleError("a receipt of another consortium than its signature's");
    }
  }

  /** Input: what a provider's device signs; its certificate is good. */
  private static void billBody(byte[] payload) {
    BillBody body = BillBody.decode(payload);
    byte[] signed =
        Signed.sign(SIGNER, "bill", Suite.CLASSIC, CONSORTIUM, body.number(), "", payload);
    Bill bill = new Bill(signed, MessageParts.certificate());
    if (!bill.check(BANK, body.createdMillis()).body().consortium().equals(CONSORTIUM)) {
      throw new BrokenRuleError("a bill of another consortium than its signature's");
    }
  }

  private static String code(Code code) {
    return String.join(
        "::",
        code.consortium(),
        code.number(),
        Base64Url.encode(code.alias()),
        Base64Url.encode(code.sealed().encode()));
  }

  private static void alias(byte[] alias) {
    present(new AliasKey(1, Secret.adopt(filled(32, 2))).deviceIndex(alias));
  }

  private static void logContent(byte[] column3) {
    LogLine.Content read = new LogLine(1, new byte[32], new byte[32], column3).content();
    byte[] written =
        LogLine.after(read.index(), new byte[32], read.timeMillis(), read.kind(), read.commitment())
            .column3();
    if (!Arrays.equals(column3, written)) {
      throw new BrokenRuleError("what was read is written in another form");
    }
  }
}
