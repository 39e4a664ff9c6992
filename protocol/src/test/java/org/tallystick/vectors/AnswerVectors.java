package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.answer.SealedAnswer;
import org.tallystick.code.Code;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.MlDsaSigningKey;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Signer;
import org.tallystick.format.Format;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.log.LogLine;

/** Sections 8 to 10: answers, receipts, log lines and evidence that do not hold. */
final class AnswerVectors {
  private static final int FULL = SealedAnswer.plaintextLength(Suite.CLASSIC);

  private final ExamplePayment payment;
  private final ExamplePayment.Side side;
  private final List<JsonNode> all = new ArrayList<>();

  private AnswerVectors(ExamplePayment payment) {
    this.payment = payment;
    this.side = payment.payerSide;
  }

  static List<JsonNode> answers(ExamplePayment payment, ExamplePayment hybrid) {
    AnswerVectors vectors = new AnswerVectors(payment);
    vectors.withoutReceipt();
    vectors.optionalMembers();
    vectors.seals();
    vectors.contents();
    AnswerVectors second = new AnswerVectors(hybrid);
    second.lengths();
    vectors.all.addAll(second.all);
    return vectors.all;
  }

  static List<JsonNode> lines(ExamplePayment payment, ExamplePayment hybrid) {
    AnswerVectors vectors = new AnswerVectors(payment);
    vectors.receipts();
    vectors.logLines();
    AnswerVectors second = new AnswerVectors(hybrid);
    second.secondReceipts();
    vectors.all.addAll(second.all);
    return vectors.all;
  }

  static List<JsonNode> evidence(ExamplePayment payment) {
    AnswerVectors vectors = new AnswerVectors(payment);
    vectors.bundles();
    return vectors.all;
  }

  private void bad(String name, byte[] sealed, String refusal) {
    all.add(
        payment
            .answerInputs(Vector.of("answer-bad", name), side)
            .hex("sealed", sealed)
            .refused(refusal));
  }

  /** ERROR to a half that could not be read. */
  private void withoutReceipt() {
    Answer good = side.answer();
    Answer error =
        new Answer(
            good.deviceId(),
            good.epoch(),
            good.n(),
            good.codeHash(),
            new byte[32],
            Outcome.ERROR,
            ReasonClass.DEVICE_SUSPENDED,
            good.timeMillis(),
            good.number(),
            null,
            good.line(),
            List.of(),
            null,
            null,
            null);
    all.add(payment.answer("error without a receipt", with(error)).node());
  }

  /** What stands in an answer only where it applies: a presence number, an end of a block. */
  private void optionalMembers() {
    Answer good = side.answer();
    Answer presence = answer(good, good.outcome(), good.reason(), 999, null);
    all.add(payment.answer("with a presence number", with(presence)).node());
    Answer blocked =
        answer(good, Outcome.DECLINED, ReasonClass.BLOCKED, null, good.timeMillis() + 30_000);
    all.add(payment.answer("blocked for 30 seconds", with(blocked)).node());
  }

  private static Answer answer(
      Answer good,
      Outcome outcome,
      ReasonClass reason,
      @Nullable Integer presence,
      @Nullable Long blockedUntil) {
    return new Answer(
        good.deviceId(),
        good.epoch(),
        good.n(),
        good.codeHash(),
        good.billHash(),
        outcome,
        reason,
        good.timeMillis(),
        good.number(),
        good.receipt(),
        good.line(),
        good.aliases(),
        presence,
        blockedUntil,
        good.secondReceipt());
  }

  private ExamplePayment.Side with(Answer answer) {
    byte[] sealed =
        SealedAnswer.seal(
            answer,
            side.half().party.binding.suite(),
            "TL",
            payment.bank.answer,
            side.half().sealed.replyRoot());
    return new ExamplePayment.Side(
        side.half(),
        side.lineSalt(),
        side.details(),
        side.line(),
        side.counterpartySalt(),
        side.receipt(),
        answer,
        sealed);
  }

  /** Suite 2: answers are longer. */
  private void lengths() {
    Answer good = side.answer();
    Answer error =
        new Answer(
            good.deviceId(),
            good.epoch(),
            good.n(),
            good.codeHash(),
            new byte[32],
            Outcome.ERROR,
            ReasonClass.DEVICE_SUSPENDED,
            good.timeMillis(),
            good.number(),
            null,
            good.line(),
            List.of(),
            null,
            null,
            null);
    byte[] signed = signedBy(payment.bank.answer, error.encode());
    bad("suite 2: padded as in suite 1", seal(padded(signed, FULL)), "A1");
    byte[] sealedInSuite1 =
        SealedAnswer.seal(
            error, Suite.CLASSIC, "TL", payment.bank.answer, side.half().sealed.replyRoot());
    bad("suite 2: sealed in suite 1", sealedInSuite1, "A1");
  }

  /** Suite 2: two signatures over one payload, and none may be left out. */
  private void secondReceipts() {
    byte[] first = side.receipt();
    byte[] payload = CoseSign1.decode(first).payload();
    byte[] second = java.util.Objects.requireNonNull(side.answer().secondReceipt());
    secondReceipt("suite 2: no second receipt", Suite.HYBRID, first, null, "signature");
    byte[] flipped = Cose.flipped(second, -1);
    secondReceipt("suite 2: second flipped", Suite.HYBRID, first, flipped, "signature");
    secondReceipt("suite 2: ES256 twice", Suite.HYBRID, first, first, "signature");
    secondReceipt("suite 2: ML-DSA twice", Suite.HYBRID, second, second, "signature");
    byte[] cut = Cose.cut(second);
    secondReceipt("suite 2: second one byte short", Suite.HYBRID, first, cut, "malformed");
    Cbor.Map map = (Cbor.Map) Cbor.decode(payload);
    byte[] other = Cose.with(map, 12, Cbor.of(1)).encode();
    byte[] overOther = receiptBy(payment.bank.secondReceipt, Suite.HYBRID, other);
    secondReceipt(
        "suite 2: second over another amount", Suite.HYBRID, first, overOther, "signature");
    byte[] inSuite1 = receiptBy(payment.bank.secondReceipt, Suite.CLASSIC, payload);
    secondReceipt("suite 2: second in suite 1", Suite.HYBRID, first, inSuite1, "signature");
    secondReceipt("suite 1: with a second receipt", Suite.CLASSIC, first, second, "signature");
    try (MlDsaSigningKey stranger = MlDsaSigningKey.ofSeed(Fixed.bytes("a stranger's seed", 32))) {
      byte[] by = receiptBy(stranger, Suite.HYBRID, payload);
      secondReceipt("suite 2: second by another key", Suite.HYBRID, first, by, "signature");
    }
  }

  private byte[] receiptBy(MessageSigner key, Suite suite, byte[] payload) {
    return Signed.sign(key, "receipt", suite, "TL", side.answer().number(), "", payload);
  }

  private void secondReceipt(
      String name, Suite suite, byte[] first, byte @Nullable [] second, String refusal) {
    all.add(
        Vector.of("receipt-bad", name)
            .suite(suite)
            .hex("receiptPublic", payment.bank.receipt.verificationKey().compressed())
            .hex("secondPublic", payment.bank.secondReceipt.verificationKey().encoded())
            .text("consortium", "TL")
            .text("number", side.answer().number())
            .hex("receipt", first)
            .hex("secondReceipt", second)
            .refused(refusal));
  }

  private byte[] seal(byte[] plaintext) {
    Secret root = side.half().sealed.replyRoot();
    byte[] key = Hkdf.expand(root.reveal(), Format.label("answer key"), 32);
    byte[] ivKey = Hkdf.expand(root.reveal(), Format.label("answer iv"), 32);
    byte[] aad = ExamplePayment.answerAad(side.half());
    byte[] iv = Sealed.syntheticIv(Secret.adopt(ivKey), aad, plaintext);
    return CoseEncrypt0.seal(key, iv, Cbor.map().build(), aad, plaintext);
  }

  private byte[] padded(byte[] signed, int length) {
    return Cbor.array(Cbor.of(signed), Cbor.of(new byte[length - signed.length - 7])).encode();
  }

  private byte[] signedBy(Signer key, byte[] body) {
    return Signed.sign(
        key, "answer", side.half().party.binding.suite(), "TL", side.answer().number(), "", body);
  }

  private void seals() {
    byte[] good = side.sealed();
    bad("tag flipped", Cose.flipped(good, -1), "A1");
    bad("IV flipped", ivFlipped(good), "A1");
    bad("trailing byte", Cose.with(good, 0), "A1");
    bad("the other party's answer", payment.payeeSide.sealed(), "A1");
    byte[] signed = signedBy(payment.bank.answer, side.answer().encode());
    byte[] dirty = padded(signed, FULL);
    dirty[dirty.length - 1] = 1;
    bad("padding is not zero", seal(dirty), "A1");
    bad("one byte short", seal(padded(signed, FULL - 1)), "A1");
    bad("one byte long", seal(padded(signed, FULL + 1)), "A1");
    CoseEncrypt0 outer = CoseEncrypt0.decode(good);
    byte[] header = Cose.with(outer.headers(), Code.SUITE_LABEL, Cbor.of(1)).encode();
    byte[] more =
        Cbor.array(Cbor.of(header), Cbor.map().build(), Cbor.of(outer.ciphertext())).encode();
    bad("unknown header", more, "A1");
  }

  private static byte[] ivFlipped(byte[] good) {
    CoseEncrypt0 outer = CoseEncrypt0.decode(good);
    byte[] header = Cose.with(outer.headers(), 5, Cbor.of(Cose.flipped(outer.iv(), 0))).encode();
    return Cbor.array(Cbor.of(header), Cbor.map().build(), Cbor.of(outer.ciphertext())).encode();
  }

  private void contents() {
    byte[] body = side.answer().encode();
    byte[] byReceipt = signedBy(payment.bank.receipt, body);
    bad("signed by the bank's receipt key", seal(padded(byReceipt, FULL)), "A2");
    byte[] high = Cose.highS(signedBy(payment.bank.answer, body));
    bad("answer with high s", seal(padded(high, FULL)), "A2");
    byte[] typ =
        CoseSign1.sign(
                payment.bank.answer,
                "ts/receipt",
                Format.aad("answer", Suite.CLASSIC, "TL", side.answer().number(), ""),
                body)
            .encoded();
    bad("answer with typ ts/receipt", seal(padded(typ, FULL)), "A2");
    byte[] other =
        Signed.sign(
            payment.bank.answer, "answer", Suite.CLASSIC, "TL", "0123456789ABCDEF", "", body);
    bad("signed for another number", seal(padded(other, FULL)), "A2");
    changed("outcome 6", 6, Cbor.of(6));
    changed("reason 11", 7, Cbor.of(11));
    changed("alias of 16 bytes", 12, Cbor.array(Cbor.of(new byte[16])));
    changed("presence number 1000", 13, Cbor.of(1_000));
    changed("blocked until without its reason", 14, Cbor.of(Fixed.NOW));
    changed("second receipt is no byte string", 15, Cbor.of(0));
    changed("unknown key", 16, Cbor.of(0));
    changed("no log line", 11, null);
  }

  private void changed(String name, long key, @Nullable Cbor value) {
    byte[] body = Cose.with((Cbor.Map) Cbor.decode(side.answer().encode()), key, value).encode();
    byte[] signed = signedBy(payment.bank.answer, body);
    bad(name, seal(padded(signed, FULL)), "A2");
  }

  private void receipt(String name, byte[] receipt, String refusal) {
    all.add(
        Vector.of("receipt-bad", name)
            .suite(Suite.CLASSIC)
            .hex("secondPublic", null)
            .hex("secondReceipt", null)
            .hex("receiptPublic", payment.bank.receipt.verificationKey().compressed())
            .text("consortium", "TL")
            .text("number", side.answer().number())
            .hex("receipt", receipt)
            .refused(refusal));
  }

  private void receipts() {
    byte[] good = side.receipt();
    receipt("signature flipped", Cose.flipped(good, -1), "signature");
    receipt("high s", Cose.highS(good), "signature");
    receipt("trailing byte", Cose.with(good, 0), "malformed");
    byte[] payload = CoseSign1.decode(good).payload();
    String number = side.answer().number();
    byte[] byAnswer =
        Signed.sign(payment.bank.answer, "receipt", Suite.CLASSIC, "TL", number, "", payload);
    receipt("signed by the answer key", byAnswer, "signature");
    byte[] other =
        Signed.sign(
            payment.bank.receipt, "receipt", Suite.CLASSIC, "TL", "0123456789ABCDEF", "", payload);
    receipt("signed for another number", other, "signature");
    Cbor.Map map = (Cbor.Map) Cbor.decode(payload);
    long[] keys = {1, 5, 10, 12, 13, 14, 21};
    Cbor[] values = {
      Cbor.of(0), Cbor.of(3), Cbor.of(9), Cbor.of(-1), Cbor.of("QQQ"), Cbor.of(0), Cbor.of(0)
    };
    String[] names = {
      "format 0",
      "role 3",
      "purpose 9",
      "amount negative",
      "unknown currency",
      "outcome 0",
      "unknown key"
    };
    for (int i = 0; i < keys.length; i++) {
      byte[] body = Cose.with(map, keys[i], values[i]).encode();
      byte[] signed =
          Signed.sign(payment.bank.receipt, "receipt", Suite.CLASSIC, "TL", number, "", body);
      receipt(names[i], signed, "malformed");
    }
  }

  private void line(String name, long at, byte[] head, LogLine line) {
    all.add(
        Vector.of("log-bad", name)
            .integer("at", at)
            .hex("before", head)
            .integer("index", line.index())
            .hex("column1", line.column1())
            .hex("column2", line.column2())
            .hex("column3", line.column3())
            .refused("A5"));
  }

  private void logLines() {
    LogLine good = side.line();
    byte[] head = good.column1();
    line("another head", 1, Cose.flipped(head, 0), good);
    line("another place", 2, head, good);
    byte[] flipped = Cose.flipped(good.column2(), 0);
    line("column 2 flipped", 1, head, new LogLine(1, head, flipped, good.column3()));
    byte[] column3 = Cose.flipped(good.column3(), -1);
    line("column 3 flipped", 1, head, new LogLine(1, head, good.column2(), column3));
    LogLine second = LogLine.after(2, head, good.content().timeMillis(), "decision", new byte[32]);
    byte[] inner = second.column3();
    line("index inside column 3 differs", 1, head, new LogLine(1, head, second.column2(), inner));
    byte[] more = Cose.with(good.column3(), 0);
    byte[] hash = org.tallystick.crypto.Sha256.of(more);
    line("column 3 with a trailing byte", 1, head, new LogLine(1, head, hash, more));
  }

  private void bundles() {
    byte[] good = payment.evidence().encode();
    Cbor.Map map = (Cbor.Map) Cbor.decode(good);
    bundle("trailing byte", Cose.with(good, 0));
    bundle("format 0", Cose.with(map, 1, Cbor.of(0)).encode());
    bundle("unknown key", Cose.with(map, 7, Cbor.of(0)).encode());
    bundle("no sides", Cose.with(map, 5, null).encode());
    Cbor.Map first = (Cbor.Map) map.get(5).orElseThrow().asArray().get(0);
    Cbor broken = Cbor.array(Cose.with(first, 9, Cbor.of(new byte[15])));
    bundle("salt of 15 bytes in a side", Cose.with(map, 5, broken).encode());
  }

  private void bundle(String name, byte[] bundle) {
    all.add(Vector.of("evidence-bad", name).hex("bundle", bundle).refused("malformed"));
  }
}
