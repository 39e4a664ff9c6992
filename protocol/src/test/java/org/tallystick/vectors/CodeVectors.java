package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tallystick.code.Code;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.DeviceSequence;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.Purpose;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Secret;
import org.tallystick.sequencer.OneTimeKeys;

/** Section 5: codes that follow the first, and codes that must not open. */
final class CodeVectors {
  private static final String OTHER_NUMBER = "0123456789ABCDEF";

  private final ExamplePayment payment;
  private final ExampleHalf half;
  private final List<JsonNode> all = new ArrayList<>();

  private CodeVectors(ExamplePayment payment) {
    this.payment = payment;
    this.half = payment.payerHalf;
  }

  static List<JsonNode> all(ExamplePayment payment, ExampleRekey rekey) {
    CodeVectors vectors = new CodeVectors(payment);
    vectors.later();
    vectors.shapes();
    vectors.seals();
    vectors.clearFields();
    vectors.contents();
    vectors.halves();
    vectors.maps();
    vectors.payees();
    vectors.forks();
    vectors.logs();
    vectors.all.addAll(EpochVectors.all(rekey));
    return vectors.all;
  }

  private ExampleHalf cancel() {
    HalfTerms first = payment.payeeHalf.terms;
    DeviceSequence next = payment.payeeHalf.sealed.next();
    HalfTerms terms =
        new HalfTerms(
            first.role(),
            Purpose.CANCEL,
            first.number(),
            first.billHash(),
            first.amount(),
            null,
            Fixed.NOW + 300_000,
            null,
            null,
            payment.payeeHalf.sealed.n(),
            0,
            first.logHead());
    return new ExampleHalf("cancel", payment.payee, next, terms, payment.payee.aliases.get(1));
  }

  private ExampleHalf second() {
    HalfTerms first = half.terms;
    HalfTerms terms =
        new HalfTerms(
            first.role(),
            first.purpose(),
            OTHER_NUMBER,
            first.billHash(),
            first.amount(),
            first.counterparty(),
            first.notAfterMillis(),
            null,
            payment.payer.pin,
            null,
            1,
            payment.payerSide.line().head());
    return new ExampleHalf(
        "second", payment.payer, half.sealed.next(), terms, payment.payer.aliases.get(1));
  }

  private void later() {
    all.add(second().vector("the payer's second code").node());
    all.add(cancel().vector("the payee withdraws").node());
    DeviceSequence at = half.at;
    DeviceBinding id = half.party.binding;
    for (int i = 0; i < 4; i++) {
      all.add(ExampleHalf.sequence("n0 + " + i, at, id).node());
      try (OneTimeKeys keys = at.keys(id)) {
        Secret next = keys.nextChain();
        at = new DeviceSequence(0, at.start(), at.n() + 1, next, at.string2(), at.prev());
      }
    }
  }

  private ObjectNode bad(ExampleHalf of, String name, String text, String refusal) {
    ObjectNode vector =
        Vector.of("code-bad", name)
            .part("bank", of.bankState())
            .integer("at", Fixed.NOW)
            .text("code", text)
            .refused(refusal);
    all.add(vector);
    return vector;
  }

  private void bad(String name, String text, String refusal) {
    bad(half, name, text, refusal);
  }

  private void shapes() {
    String good = half.sealed.text();
    String[] fields = good.split("::", -1);
    CoseEncrypt0 outer = half.code.sealed();
    bad("empty", "", "O1");
    bad("three fields", good.substring(0, good.lastIndexOf("::")), "O1");
    bad("five fields", good + "::", "O1");
    bad("one colon instead of two", good.replaceFirst("::", ":"), "O1");
    bad("consortium in lower case", good.replaceFirst("TL", "tl"), "O1");
    bad("consortium of three letters", good.replaceFirst("TL", "TLL"), "O1");
    bad("number in lower case", with(fields, 1, fields[1].toLowerCase(Locale.ROOT)), "O1");
    bad("number with a hyphen", with(fields, 1, fields[1].substring(0, 15) + "-"), "O1");
    bad("number of 15 symbols", with(fields, 1, fields[1].substring(1)), "O1");
    bad("account of 16 bytes", with(fields, 2, Base64Url.encode(new byte[16])), "O1");
    bad("account padded", with(fields, 2, fields[2] + "="), "O1");
    bad("non-canonical base64url in the sealed field", with(fields, 3, fields[3] + "A"), "O1");
    bad("sealed field padded", good + "==", "O1");
    bad("line feed at the end", good + "\n", "O1");
    bad("over 8192 characters", good + "A".repeat(Code.MAX_LENGTH), "O1");
    bad("trailing byte in the sealed field", half.withSealed(Cose.with(outer.encode(), 0)), "O1");
    bad("tagged COSE_Encrypt0", half.withSealed(Cose.after(outer.encode(), 0xd0)), "O1");
    Cbor kid = Cbor.map().put(4, Cbor.of(new byte[8])).build();
    byte[] unprotected =
        Cbor.array(Cbor.of(outer.protectedBytes()), kid, Cbor.of(outer.ciphertext())).encode();
    bad("unprotected header", half.withSealed(unprotected), "O1");
    bad("algorithm A128GCM", headed(outer, 1, Cbor.of(1)), "O1");
    bad("IV of 11 bytes", headed(outer, 5, Cbor.of(new byte[11])), "O1");
    bad("no IV", headed(outer, 5, null), "O1");
    bad("suite 3", headed(outer, Code.SUITE_LABEL, Cbor.of(3)), "O1");
    bad("another suite than the device's", headed(outer, Code.SUITE_LABEL, Cbor.of(2)), "O4");
    bad("no suite", headed(outer, Code.SUITE_LABEL, null), "O1");
    bad("hint of 7 bytes", headed(outer, Code.HINT_LABEL, Cbor.of(new byte[7])), "O1");
    bad("no hint", headed(outer, Code.HINT_LABEL, null), "O1");
    bad("critical header", headed(outer, 2, Cbor.array(Cbor.of(5))), "O1");
    bad("unknown header", headed(outer, 4, Cbor.of(new byte[8])), "O1");
    byte[] tagOnly =
        Cbor.array(Cbor.of(outer.protectedBytes()), Cbor.map().build(), Cbor.of(new byte[15]))
            .encode();
    bad("ciphertext shorter than its tag", half.withSealed(tagOnly), "O1");
  }

  private static String with(String[] fields, int place, String value) {
    String[] changed = fields.clone();
    changed[place] = value;
    return String.join("::", changed);
  }

  private String headed(CoseEncrypt0 outer, long label, @org.jspecify.annotations.Nullable Cbor v) {
    byte[] header = Cose.with(outer.headers(), label, v).encode();
    return half.withSealed(
        Cbor.array(Cbor.of(header), Cbor.map().build(), Cbor.of(outer.ciphertext())).encode());
  }

  private void seals() {
    CoseEncrypt0 outer = half.code.sealed();
    bad("hint of no number", headed(outer, Code.HINT_LABEL, Cbor.of(new byte[8])), "O4");
    bad("tag flipped", half.withSealed(Cose.flipped(outer.encode(), -1)), "O5");
    bad("ciphertext flipped", half.withSealed(Cose.flipped(outer.encode(), -100)), "O5");
    bad("IV flipped", headed(outer, 5, Cbor.of(Cose.flipped(outer.iv(), 0))), "O5");
    try (OneTimeKeys keys = half.keys()) {
      byte[] iv = Fixed.bytes("an IV of chance", 12);
      byte[] sealed =
          CoseEncrypt0.seal(
              keys.key().reveal(), iv, Cose.headers(keys, 1), half.externalAad(), half.plaintext);
      bad("sealed under an IV that is not the synthetic one", half.withSealed(sealed), "O5");
    }
  }

  /** The same sealed field under other clear fields; and sealed anew, with the half of before. */
  private void clearFields() {
    String[] fields = half.sealed.text().split("::", -1);
    String account = Base64Url.encode(payment.payer.aliases.get(9));
    String[][] changes = {
      {"consortium", "0", "TM"}, {"number", "1", OTHER_NUMBER}, {"account", "2", account}
    };
    for (String[] change : changes) {
      String text = with(fields, Integer.parseInt(change[1]), change[2]);
      bad("clear " + change[0] + " changed", text, "O5");
      String[] clear = text.split("::", -1);
      String sealedAnew = Cose.seal(half, clear[0], clear[1], clear[2], half.plaintext);
      bad("half re-wrapped under another " + change[0], sealedAnew, "O7");
    }
  }

  private void contents() {
    bad("plaintext is not CBOR", half.sealing(new byte[] {(byte) 0xff}), "O6");
    bad("trailing byte in the plaintext", half.sealing(Cose.with(half.plaintext, 0)), "O6");
    byte[] three = Cbor.array(Cbor.of(new byte[1]), Cbor.of(new byte[1]), Cbor.NULL).encode();
    bad("plaintext of three parts", half.sealing(three), "O6");
    byte[] longMap = Cbor.map().put(1, Cbor.of(new byte[600])).build().encode();
    bad("private map over 512 bytes", half.sealing(half.signedMap(), longMap), "O6");
    Cbor.Map inner = (Cbor.Map) Cbor.decode(half.privateMapBytes());
    privateMap("private map with an unknown key", Cose.with(inner, 5, Cbor.of(0)), "O6");
    privateMap("private map without its salt", Cose.with(inner, 1, null), "O6");
    privateMap("PIN proof of 31 bytes", Cose.with(inner, 2, Cbor.of(new byte[31])), "O6");
    privateMap("shorthand of 33 characters", Cose.with(inner, 3, Cbor.of("a".repeat(33))), "O6");
  }

  private void privateMap(String name, Cbor.Map map, String refusal) {
    byte[] bytes = map.encode();
    Cbor digest = Cbor.of(org.tallystick.crypto.Sha256.of(bytes));
    bad(name, half.sealing(Cose.with(half.signedMap(), 20, digest), bytes), refusal);
  }

  private void halves() {
    byte[] good = half.sealed.half();
    bad("half with high s", half.sealingHalf(Cose.highS(good)), "O7");
    bad("signature of the half flipped", half.sealingHalf(Cose.flipped(good, -1)), "O7");
    byte[] payload = CoseSign1.decode(good).payload();
    byte[] foreign =
        CoseSign1.sign(payment.payee.device, "ts/half", half.halfAad(), payload).encoded();
    bad("half signed by another device", half.sealingHalf(foreign), "O7");
    byte[] wrongTyp =
        CoseSign1.sign(payment.payer.device, "ts/bill", half.halfAad(), payload).encoded();
    bad("half with typ ts/bill", half.sealingHalf(wrongTyp), "O7");
    bad("half tagged", half.sealingHalf(Cose.after(good, 0xd2)), "O6");
    bad("half with a trailing byte", half.sealingHalf(Cose.with(good, 0)), "O6");
  }

  private void map(String name, long key, @org.jspecify.annotations.Nullable Cbor v, String why) {
    bad(name, half.sealing(Cose.with(half.signedMap(), key, v), half.privateMapBytes()), why);
  }

  private void maps() {
    map("format 0", 1, Cbor.of(0), "O6");
    map("role 3", 2, Cbor.of(3), "O6");
    map("purpose 9", 3, Cbor.of(9), "O6");
    map("purpose cancel without a cancelled n", 3, Cbor.of(2), "O6");
    map("cancelled n with purpose purchase", 21, Cbor.of(1), "O6");
    map("n + 1 is not n + 1", 9, Cbor.of(half.sealed.n()), "O6");
    map("n negative", 8, Cbor.of(-1), "O6");
    map("amount negative", 12, Cbor.of(-1), "O6");
    map("amount over 10^15", 12, Cbor.of(1_000_000_000_000_001L), "O6");
    map("currency unknown", 13, Cbor.of("QQQ"), "O6");
    map("currency in lower case", 13, Cbor.of("chf"), "O6");
    map("notAfter before time", 15, Cbor.of(Fixed.NOW - 1), "O6");
    map("notAfter more than a day after time", 15, Cbor.of(Fixed.NOW + 86_400_001), "O6");
    map("verification method 2", 16, Cbor.of(2), "O6");
    map("bill hash of 31 bytes", 11, Cbor.of(new byte[31]), "O6");
    map("bill hash missing", 11, null, "O6");
    map("unknown key", 25, Cbor.of(0), "O6");
    map("closed in epoch 0", 22, Cbor.of(0), "O6");
    map("device of another", 4, Cbor.of(new byte[16]), "O8");
    map("epoch 1 without closed", 7, Cbor.of(1), "O6");
    Cbor.Map epoch = Cose.with(Cose.with(half.signedMap(), 7, Cbor.of(1)), 22, Cbor.of(0));
    bad("another epoch", half.sealing(epoch, half.privateMapBytes()), "O8");
    map("digest of another private map", 20, Cbor.of(new byte[32]), "O8");
    Cbor.Map next = Cose.with(half.signedMap(), 8, Cbor.of(half.sealed.n() + 1));
    Cbor.Map moved = Cose.with(next, 9, Cbor.of(half.sealed.n() + 2));
    bad("another n than its key's", half.sealing(moved, half.privateMapBytes()), "O8");
    Cbor.Map cancel = Cose.with(half.signedMap(), 3, Cbor.of(2));
    Cbor.Map byPayer = Cose.with(cancel, 21, Cbor.of(half.sealed.n() - 1));
    bad("cancel by a payer", half.sealing(byPayer, half.privateMapBytes()), "O8");
  }

  private void payees() {
    ExampleHalf payee = payment.payeeHalf;
    HalfTerms terms = payee.terms;
    HalfTerms other =
        new HalfTerms(
            terms.role(),
            terms.purpose(),
            OTHER_NUMBER,
            terms.billHash(),
            terms.amount(),
            null,
            terms.notAfterMillis(),
            null,
            null,
            null,
            0,
            terms.logHead());
    ExampleHalf chosen =
        new ExampleHalf("chosen number", payee.party, payee.at, other, payee.alias);
    bad(payee, "payee's number is not its n's and not reserved", chosen.sealed.text(), "O8b");
    ExampleHalf cancel = cancel();
    Cbor.Map later = Cose.with(cancel.signedMap(), 21, Cbor.of(cancel.sealed.n()));
    bad(
        cancel,
        "cancelled n is not below n",
        cancel.sealing(later, cancel.privateMapBytes()),
        "O8");
  }

  /** O9b: the bank's log of the device is another. */
  private void logs() {
    String text = half.sealed.text();
    EpochVectors.bank(bad(half, "log head is not the bank's", text, "O9b"))
        .put("logHead", "00".repeat(32));
    EpochVectors.bank(bad(half, "log line that the bank has not", text, "O9b")).put("logIndex", 1);
  }

  /** O9: an accepted neighbour has another history. */
  private void forks() {
    ExampleHalf second = second();
    ArrayNode before = JsonNodeFactory.instance.arrayNode();
    before.add(
        Vector.part()
            .integer("epoch", 0)
            .integer("n", half.sealed.n())
            .hex("codeHash", Cose.flipped(half.sealed.codeHash(), 0))
            .hex("prev", half.at.prev())
            .text("number", half.terms.number())
            .node());
    bad(second, "prev is not the accepted code before", second.sealed.text(), "O9")
        .set("consumed", before);
    ArrayNode after = JsonNodeFactory.instance.arrayNode();
    after.add(
        Vector.part()
            .integer("epoch", 0)
            .integer("n", half.sealed.n() + 1)
            .hex("codeHash", second.sealed.codeHash())
            .hex("prev", Arrays.copyOf(Cose.flipped(half.sealed.codeHash(), 0), 16))
            .text("number", second.terms.number())
            .node());
    bad(half, "the accepted code after names another", half.sealed.text(), "O9")
        .set("consumed", after);
  }
}
