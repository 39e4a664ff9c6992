package org.tallystick.fuzz;

import static org.tallystick.fuzz.Parser.bytes;
import static org.tallystick.fuzz.Parser.present;
import static org.tallystick.fuzz.Parser.requireSame;
import static org.tallystick.fuzz.SignedPayload.CONSORTIUM;
import static org.tallystick.fuzz.SignedPayload.KEY;
import static org.tallystick.fuzz.SignedPayload.SIGNER;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.tallystick.answer.Answer;
import org.tallystick.answer.SealedAnswer;
import org.tallystick.answer.SealedProgress;
import org.tallystick.bill.Bill;
import org.tallystick.code.Code;
import org.tallystick.code.CodeOpener;
import org.tallystick.code.OpenResult;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.AesGcm;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.enrolment.BindReply;
import org.tallystick.enrolment.BindRequest;
import org.tallystick.enrolment.EnrolmentSecrets;
import org.tallystick.enrolment.EnrolmentTerms;
import org.tallystick.enrolment.Message1;
import org.tallystick.enrolment.Offer;
import org.tallystick.format.Format;
import org.tallystick.format.Padding;
import org.tallystick.format.Sealed;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKeySet;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.EpochSecrets;

/**
 * Parsers behind a seal: each as it is reached from outside, and once more with the plaintext as
 * input, which the target seals under the keys of a published vector before the parser opens it.
 */
final class SealedTargets {
  static final List<Target> ALL =
      List.of(
          new Target(
              "bind-request",
              () ->
                  bytes(SealedTargets::bindRequest)
                      .refusing(SignatureRefusedException.class)
                      .onlySeeded(bindPayload())),
          new Target(
              "bind-message1",
              () ->
                  bytes(SealedTargets::message1)
                      .onlySeeded(Vectors.hex(Published.ENROLMENT, "message1"))),
          new Target(
              "bind-message2",
              () ->
                  bytes(SealedTargets::message2)
                      .onlySeeded(Vectors.hex(Published.ENROLMENT, "message2"))),
          new Target(
              "bind-reply", () -> bytes(SealedTargets::bindReply).onlySeeded(bindReplyPlaintext())),
          new Target(
              "code-plaintext",
              () ->
                  bytes(SealedTargets::code).onlySeeded(Vectors.hex(Published.CODE, "plaintext"))),
          new Target(
              "half",
              () ->
                  bytes(SealedTargets::half).onlySeeded(Vectors.hex(Published.CODE, "signedMap"))),
          new Target(
              "bill-check",
              () ->
                  bytes(SealedTargets::bill)
                      .refusing(SignatureRefusedException.class)
                      .onlySeeded(Vectors.hex(Published.BILL, "bill"))),
          new Target(
              "sealed-answer",
              () ->
                  bytes(SealedTargets::answer).onlySeeded(Vectors.hex(Published.ANSWER, "sealed"))),
          new Target(
              "answer-plaintext",
              () ->
                  bytes(SealedTargets::answerPlaintext)
                      .onlySeeded(Vectors.hex(Published.ANSWER, "plaintext"))),
          new Target(
              "answer-body",
              () ->
                  bytes(SealedTargets::answerBody)
                      .onlySeeded(Vectors.hex(Published.ANSWER, "body"))),
          new Target(
              "sealed-progress",
              () ->
                  bytes(SealedTargets::progress)
                      .onlySeeded(Vectors.hex(Published.PROGRESS, "sealed"))),
          new Target(
              "progress-plaintext",
              () ->
                  bytes(SealedTargets::progressPlaintext)
                      .onlySeeded(Vectors.hex(Published.PROGRESS, "plaintext"))));

  /** More than the least padding and its heads take. */
  private static final int PADDING = 512;

  private SealedTargets() {}

  /** Read only by who needs them. */
  private static final class Published {
    static final JsonNode ENROLMENT = Vectors.first("enrolment");
    static final Suite CHOSEN = Suite.of(ENROLMENT.required("suite").asLong());
    static final JsonNode CODE = Vectors.named("code", "the payer's first code after the rekey");
    static final JsonNode BILL = Vectors.first("bill");
    static final JsonNode ANSWER = Vectors.named("answer", "the payer's answer");
    static final JsonNode PROGRESS = Vectors.named("progress", "the eighth");
    static final byte[] NONCE = Vectors.hex(ENROLMENT, "bankNonce");
  }

  /** Input: what a device signs. */
  private static void bindRequest(byte[] payload) {
    Cbor.decode(payload); // what is no CBOR is refused anyway, and signing is slow
    byte[] sign1 = Signed.sign(SIGNER, "bind", Published.CHOSEN, CONSORTIUM, payload);
    BindRequest request = BindRequest.verify(sign1, terms());
    requireSame(sign1, request.sign(SIGNER, CONSORTIUM));
  }

  /** The vector's, under the key that signs here. */
  private static byte[] bindPayload() {
    byte[] published = MessageParts.payload("enrolment", "bind");
    return MessageParts.with(published, 3, Cbor.of(SIGNER.verificationKey().compressed()));
  }

  /** Input: the first message of E4, as the bank opens it. */
  private static void message1(byte[] message1) {
    byte[] scalar = Vectors.hex(Published.ENROLMENT, "hpkeScalar");
    byte[] seed = Vectors.hex(Published.ENROLMENT, "kemSeed");
    Secret code = Secret.adopt(Vectors.hex(Published.ENROLMENT, "activationCode"));
    Message1 read = Message1.decode(message1);
    requireSame(message1, read.encode());
    try (EcdhKey key = EcdhKey.ofScalar(scalar);
        MlKemKey kemKey = MlKemKey.ofSeed(seed)) {
      present(read.open(offer(), Published.CHOSEN, code, key, kemKey));
    }
  }

  /** Input: the second message of E4, as the device opens it. */
  private static void message2(byte[] message2) {
    requireSame(Cbor.decode(message2).asArray(2).get(0).asBytes(), BindReply.bankNonce(message2));
    present(BindReply.open(message2, secrets(), CONSORTIUM));
  }

  /** Input: what is sealed in it. */
  private static void bindReply(byte[] plaintext) {
    byte[] sealed =
        AesGcm.seal(
            Vectors.hex(Published.ENROLMENT.required("outputs"), "reply key"),
            Vectors.hex(Published.ENROLMENT.required("outputs"), "reply iv"),
            secrets().transcript(),
            plaintext);
    byte[] message2 = Cbor.array(Cbor.of(Published.NONCE), Cbor.of(sealed)).encode();
    BindReply reply = present(BindReply.open(message2, secrets(), CONSORTIUM));
    requireSame(message2, reply.seal(secrets(), Published.NONCE));
  }

  private static byte[] bindReplyPlaintext() {
    byte[] sealed =
        Cbor.decode(Vectors.hex(Published.ENROLMENT, "message2")).asArray(2).get(1).asBytes();
    return AesGcm.open(
            Vectors.hex(Published.ENROLMENT.required("outputs"), "reply key"),
            Vectors.hex(Published.ENROLMENT.required("outputs"), "reply iv"),
            secrets().transcript(),
            sealed)
        .orElseThrow();
  }

  /** Input: what is sealed in a code; O4 to O9c. */
  private static void code(byte[] plaintext) {
    Code code = sealed(plaintext);
    OpenResult result = opener().open(code, 1, 2);
    if (result instanceof OpenResult.Dropped) {
      throw new BrokenRuleError("a code under the right key was dropped");
    }
    if (!(result instanceof OpenResult.Opened)) {
      throw new MalformedInputException("compromised");
    }
  }

  /** Input: what its device signs, with the private map that the vector has. */
  private static void half(byte[] signedMap) {
    Cbor.decode(signedMap); // what is no CBOR is refused anyway, and signing is slow
    byte[] half;
    try (SigningKey device = SigningKey.ofScalar(Vectors.hex(Published.CODE, "deviceScalar"))) {
      half =
          CoseSign1.sign(
                  device, Format.typ("half"), Vectors.hex(Published.CODE, "halfAad"), signedMap)
              .encoded();
    }
    Cbor privateMap = Cbor.of(Vectors.hex(Published.CODE, "privateMap"));
    code(Cbor.array(Cbor.of(half), privateMap).encode());
  }

  private static Code sealed(byte[] plaintext) {
    JsonNode sequence = Published.CODE.required("sequence");
    byte[] aad = Vectors.hex(Published.CODE, "externalAad");
    Cbor.Map headers =
        Cbor.map()
            .put(Code.SUITE_LABEL, Published.CHOSEN.toCbor())
            .put(Code.HINT_LABEL, Cbor.of(Vectors.hex(sequence, "hint")))
            .build();
    byte[] sealed = seal(sequence, "key", "iv").seal(headers, aad, plaintext);
    String account = Base64Url.encode(Vectors.hex(Published.CODE, "alias"));
    String number = Published.CODE.required("terms").required("number").asText();
    return Code.parse(String.join("::", CONSORTIUM, number, account, Base64Url.encode(sealed)));
  }

  /** The vector's epoch, not closed yet to the one before. */
  private static CodeOpener opener() {
    JsonNode sequence = Published.CODE.required("sequence");
    JsonNode terms = Published.CODE.required("terms");
    Secret other = Secret.adopt(SignedPayload.filled(32, 3));
    Secret chain = Secret.adopt(Vectors.hex(sequence, "chain"));
    Secret string2 = Secret.adopt(Vectors.hex(sequence, "string2"));
    long closed = terms.required("closed").asLong();
    long n = sequence.required("n").asLong();
    DeviceEpochs epochs =
        DeviceEpochs.enrolled(
                Published.CHOSEN,
                Vectors.hex(sequence, "deviceId"),
                new EpochSecrets(closed - 1, other, other, other, other),
                0,
                1)
            .rekeyed(
                sequence.required("epoch").asLong(),
                new EpochSecrets(n, chain, string2, other, other),
                SignedPayload.filled(32, 4),
                0,
                List.of(),
                1,
                2);
    VerificationKey device = VerificationKey.ofPoint(Vectors.hex(Published.CODE, "devicePublic"));
    byte[] head = Vectors.hex(terms, "logHead");
    return new CodeOpener(
        device,
        epochs,
        (epoch, at) -> Optional.empty(),
        index ->
            index == terms.required("logIndex").asLong() ? Optional.of(head) : Optional.empty(),
        0);
  }

  /** Input: a bill as the payer scans it; B2 to B7. */
  private static void bill(byte[] bytes) {
    JsonNode published = Published.BILL;
    BankKeySet keys =
        BankKeySet.verify(
            Vectors.hex(published, "keySet"),
            VerificationKey.ofPoint(Vectors.hex(published, "rootPublic")),
            CONSORTIUM);
    Bill bill = Bill.decode(bytes);
    requireSame(bytes, bill.check(keys, published.required("at").asLong()).bill().encode());
  }

  /** Input: an answer as the device receives it. */
  private static void answer(byte[] sealed) {
    VerificationKey bank = VerificationKey.ofPoint(Vectors.hex(Published.ANSWER, "answerPublic"));
    answer(sealed, bank);
  }

  private static Answer answer(byte[] sealed, VerificationKey bank) {
    return present(
        SealedAnswer.open(
            sealed,
            Published.CHOSEN,
            CONSORTIUM,
            Vectors.hex(Published.ANSWER, "deviceId"),
            Published.ANSWER.required("epoch").asLong(),
            Published.ANSWER.required("n").asLong(),
            Published.ANSWER.required("number").asText(),
            bank,
            Secret.adopt(Vectors.hex(Published.ANSWER, "reply"))));
  }

  /** Input: what is sealed in it. */
  private static void answerPlaintext(byte[] plaintext) {
    answer(sealedAnswer(plaintext));
  }

  /** Input: what the bank signs. */
  private static void answerBody(byte[] body) {
    String number = Published.ANSWER.required("number").asText();
    Cbor.decode(body); // what is no CBOR is refused anyway, and signing is slow
    byte[] signed = Signed.sign(SIGNER, "answer", Published.CHOSEN, CONSORTIUM, number, "", body);
    int length = SealedAnswer.plaintextLength(Published.CHOSEN);
    if (signed.length > length - PADDING) {
      throw new MalformedInputException("longer than an answer");
    }
    requireSame(body, answer(sealedAnswer(Padding.pad(signed, length)), KEY).encode());
  }

  /** Input: a progress message, as the device opens it (G3). */
  private static void progress(byte[] sealed) {
    present(
        SealedProgress.open(
            sealed,
            Suite.CLASSIC,
            CONSORTIUM,
            Vectors.hex(Published.PROGRESS, "deviceId"),
            Published.PROGRESS.required("epoch").asLong(),
            Published.PROGRESS.required("n").asLong(),
            Published.PROGRESS.required("i").asInt(),
            Published.PROGRESS.required("number").asText(),
            VerificationKey.ofPoint(Vectors.hex(Published.PROGRESS, "answerPublic")),
            Secret.adopt(Vectors.hex(Published.PROGRESS, "reply"))));
  }

  /** Input: what is sealed in it. */
  private static void progressPlaintext(byte[] plaintext) {
    progress(
        seal(Published.PROGRESS, "progressKey", "progressIv")
            .seal(Cbor.map().build(), Vectors.hex(Published.PROGRESS, "externalAad"), plaintext));
  }

  private static byte[] sealedAnswer(byte[] plaintext) {
    return seal(Published.ANSWER, "answerKey", "answerIv")
        .seal(Cbor.map().build(), Vectors.hex(Published.ANSWER, "externalAad"), plaintext);
  }

  private static Sealed seal(JsonNode vector, String key, String iv) {
    return new Sealed(
        Secret.adopt(Vectors.hex(vector, key)), Secret.adopt(Vectors.hex(vector, iv)));
  }

  private static Offer offer() {
    return Offer.decode(Vectors.hex(Published.ENROLMENT, "offer"));
  }

  private static EnrolmentSecrets secrets() {
    return EnrolmentSecrets.derive(
        Secret.adopt(Vectors.hex(Published.ENROLMENT.required("hpke"), "exported")),
        Vectors.hex(Published.ENROLMENT, "message1"),
        Published.NONCE,
        Published.CHOSEN);
  }

  private static EnrolmentTerms terms() {
    Suite minimum = Suite.of(Published.ENROLMENT.required("minimumSuite").asLong());
    return new EnrolmentTerms(offer(), Published.CHOSEN, minimum);
  }
}
