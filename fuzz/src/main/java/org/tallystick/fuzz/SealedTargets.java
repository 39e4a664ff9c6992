package org.tallystick.fuzz;

import static org.tallystick.fuzz.Parser.bytes;
import static org.tallystick.fuzz.Parser.present;
import static org.tallystick.fuzz.SignedPayload.CONSORTIUM;
import static org.tallystick.fuzz.SignedPayload.SIGNER;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tallystick.answer.SealedAnswer;
import org.tallystick.bill.Bill;
import org.tallystick.code.Code;
import org.tallystick.code.CodeOpener;
import org.tallystick.code.ConsumedCodes;
import org.tallystick.code.OpenResult;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.crypto.AesGcm;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.Hpke;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.enrolment.BindReply;
import org.tallystick.enrolment.BindRequest;
import org.tallystick.enrolment.EnrolmentSecrets;
import org.tallystick.enrolment.Offer;
import org.tallystick.format.Format;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Signed;
import org.tallystick.keys.BankKeySet;
import org.tallystick.sequencer.SequencerState;

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
                      .onlySeeded(Vectors.hex(Published.ANSWER, "plaintext"))));

  private SealedTargets() {}

  /** Read only by who needs them. */
  private static final class Published {
    static final JsonNode ENROLMENT = Vectors.first("enrolment");
    static final JsonNode CODE = Vectors.first("code");
    static final JsonNode BILL = Vectors.first("bill");
    static final JsonNode ANSWER = Vectors.first("answer");
    static final byte[] NONCE = Vectors.hex(ENROLMENT, "bankNonce");
  }

  /** Input: what a device signs. */
  private static void bindRequest(byte[] payload) {
    Cbor.decode(payload); // what is no CBOR is refused anyway, and signing is slow
    byte[] sign1 = Signed.sign(SIGNER, "bind", CONSORTIUM, payload);
    BindRequest request = BindRequest.verify(sign1, offer());
    requireSame(sign1, request.sign(SIGNER, CONSORTIUM));
  }

  /** The vector's, under the key that signs here. */
  private static byte[] bindPayload() {
    byte[] published = MessageParts.payload("enrolment", "bind");
    return MessageParts.with(published, 3, Cbor.of(SIGNER.verificationKey().compressed()));
  }

  /** Input: the first message of E4, as the bank opens it. */
  private static void message1(byte[] message1) {
    List<Cbor> parts = Cbor.decode(message1).asArray(2);
    try (EcdhKey key = EcdhKey.ofScalar(Vectors.hex(Published.ENROLMENT, "hpkeScalar"))) {
      present(
          Hpke.openPsk(
              parts.get(0).asBytes(),
              key,
              offer().info(),
              Vectors.hex(Published.ENROLMENT, "psk"),
              offer().enrolmentId(),
              new byte[0],
              parts.get(1).asBytes(),
              EnrolmentSecrets.EXPORTER,
              32));
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

  /** Input: what is sealed in a code; O4 to O9. */
  private static void code(byte[] plaintext) {
    JsonNode sequence = Published.CODE.required("sequence");
    String account = Base64Url.encode(Vectors.hex(Published.CODE, "alias"));
    String number = Published.CODE.required("terms").required("number").asText();
    byte[] aad = Vectors.hex(Published.CODE, "externalAad");
    byte[] hint = Vectors.hex(sequence, "hint");
    byte[] sealed =
        CoseEncrypt0.seal(
            Vectors.hex(sequence, "key"),
            Code.syntheticIv(Secret.adopt(Vectors.hex(sequence, "iv")), aad, plaintext),
            Cbor.map()
                .put(Code.SUITE_LABEL, Cbor.of(Format.SUITE))
                .put(Code.HINT_LABEL, Cbor.of(hint))
                .build(),
            aad,
            plaintext);
    Code code =
        Code.parse(String.join("::", CONSORTIUM, number, account, Base64Url.encode(sealed)));
    SequencerState state =
        SequencerState.initial(
            Vectors.hex(sequence, "deviceId"),
            sequence.required("n").asLong(),
            Secret.adopt(Vectors.hex(sequence, "chain")),
            Secret.adopt(Vectors.hex(sequence, "string2")));
    VerificationKey device = VerificationKey.ofPoint(Vectors.hex(Published.CODE, "devicePublic"));
    OpenResult result = new CodeOpener(device, state, NothingConsumed.INSTANCE).open(code, 1, 2);
    if (result instanceof OpenResult.Dropped) {
      throw new BrokenRuleError("a code under the right key was dropped");
    }
    if (!(result instanceof OpenResult.Opened)) {
      throw new MalformedInputException("compromised");
    }
  }

  /** A device that has sent nothing yet. */
  private enum NothingConsumed implements ConsumedCodes {
    INSTANCE;

    @Override
    public Optional<Consumed> byNumber(long epoch, long n) {
      return Optional.empty();
    }

    @Override
    public Optional<Long> byHash(byte[] codeHash) {
      return Optional.empty();
    }
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
    present(
        SealedAnswer.open(
            sealed,
            CONSORTIUM,
            Vectors.hex(Published.ANSWER, "deviceId"),
            Published.ANSWER.required("epoch").asLong(),
            Published.ANSWER.required("n").asLong(),
            Published.ANSWER.required("number").asText(),
            VerificationKey.ofPoint(Vectors.hex(Published.ANSWER, "answerPublic")),
            Secret.adopt(Vectors.hex(Published.ANSWER, "reply"))));
  }

  /** Input: what is sealed in it. */
  private static void answerPlaintext(byte[] plaintext) {
    byte[] aad = Vectors.hex(Published.ANSWER, "externalAad");
    Secret ivKey = Secret.adopt(Vectors.hex(Published.ANSWER, "answerIv"));
    answer(
        CoseEncrypt0.seal(
            Vectors.hex(Published.ANSWER, "answerKey"),
            Code.syntheticIv(ivKey, aad, plaintext),
            Cbor.map().build(),
            aad,
            plaintext));
  }

  private static Offer offer() {
    return Offer.decode(Vectors.hex(Published.ENROLMENT, "offer"));
  }

  private static EnrolmentSecrets secrets() {
    return EnrolmentSecrets.derive(
        Secret.adopt(Vectors.hex(Published.ENROLMENT.required("hpke"), "exported")),
        Vectors.hex(Published.ENROLMENT, "message1"),
        Published.NONCE);
  }

  private static void requireSame(byte[] read, byte[] written) {
    if (!Arrays.equals(read, written)) {
      throw new BrokenRuleError("what was read is written in another form");
    }
  }
}
