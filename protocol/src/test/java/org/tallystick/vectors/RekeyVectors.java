package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.Purpose;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Padding;
import org.tallystick.format.Signed;
import org.tallystick.money.Money;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.notice.RegistrationMoved;
import org.tallystick.notice.SealedNotice;
import org.tallystick.sequencer.DownChain;

/** Sections R.2 and N: rekeys and notices, and such as do not hold. */
final class RekeyVectors {
  private final ExampleRekey rekey;
  private final ExampleBank bank;
  private final List<JsonNode> all = new ArrayList<>();

  private RekeyVectors(ExampleRekey rekey) {
    this.rekey = rekey;
    this.bank = rekey.payment.bank;
  }

  static List<JsonNode> rekeys(ExampleRekey classic, ExampleRekey hybrid) {
    RekeyVectors one = new RekeyVectors(classic);
    one.results("suite 1: ");
    RekeyVectors two = new RekeyVectors(hybrid);
    two.results("suite 2: ");
    one.all.addAll(two.all);
    return one.all;
  }

  static List<JsonNode> notices(ExampleRekey rekey) {
    RekeyVectors vectors = new RekeyVectors(rekey);
    vectors.notices();
    return vectors.all;
  }

  private void bad(String name, long key, @Nullable Cbor value) {
    Cbor.Map result = Cose.with(rekey.result.toCbor(), key, value);
    all.add(
        rekey
            .inputs(Vector.of("rekey-bad", name))
            .hex("result", result.encode())
            .refused("refused"));
  }

  private void results(String suite) {
    bad(suite + "another epoch than asked", 3, Cbor.of(2));
    bad(suite + "epoch 0", 3, Cbor.of(0));
    byte[] point = rekey.result.ephemeralKey().clone();
    point[0] = 4;
    bad(suite + "bank's key has no compressed form", 1, Cbor.of(point));
    bad(suite + "bank's key is not on the curve", 1, Cbor.of(notOnTheCurve()));
    bad(suite + "bank's key of 65 bytes", 1, Cbor.of(new byte[65]));
    boolean hybrid = rekey.result.ciphertext() != null;
    bad(
        suite + (hybrid ? "no ML-KEM ciphertext" : "an ML-KEM ciphertext"),
        2,
        hybrid ? Cbor.NULL : Cbor.of(new byte[1088]));
    bad(suite + "ciphertext of 1087 bytes", 2, Cbor.of(new byte[1087]));
    bad(suite + "alias of 16 bytes", 5, Cbor.array(Cbor.of(new byte[16])));
    bad(suite + "no count of notices", 6, null);
    bad(suite + "unknown key", 7, Cbor.of(0));
  }

  private static byte[] notOnTheCurve() {
    byte[] point = new byte[33];
    point[0] = 2;
    point[32] = 1;
    return point;
  }

  private ExampleNotice notice(String name, DownChain at, long index, NoticeSubject subject) {
    byte[] head = rekey.payment.payerSide.line().head();
    return new ExampleNotice(name, rekey.party, bank, at, index, head, subject);
  }

  private void badNotice(ExampleNotice at, String name, byte[] sealed, String refusal) {
    all.add(at.inputs(Vector.of("notice-bad", name)).hex("sealed", sealed).refused(refusal));
  }

  private void notices() {
    DownChain first = DownChain.initial(1, rekey.secrets.down());
    DownChain second = first.next(rekey.party.binding.suite(), rekey.party.binding.deviceId());
    ExampleNotice bound =
        notice(
            "a device was bound",
            first,
            2,
            new NoticeSubject.DeviceBound(rekey.party.bindingRecord));
    ExampleNotice notMe =
        notice(
            "not me was used",
            second,
            2,
            new NoticeSubject.NotMeUsed(null, rekey.payment.bill.body().number()));
    ExampleNotice notMeDevice =
        notice(
            "not me was used on a device",
            second,
            2,
            new NoticeSubject.NotMeUsed(rekey.party.binding.deviceId(), null));
    all.add(bound.vector().node());
    all.add(notMe.vector().node());
    all.add(notMeDevice.vector().node());
    badNotice(bound, "the second before the first", notMe.sealed, "N1");
    badNotice(notMe, "the first again", bound.sealed, "N1");
    badNotice(bound, "tag flipped", Cose.flipped(bound.sealed, -1), "N1");
    badNotice(bound, "trailing byte", Cose.with(bound.sealed, 0), "N1");
    CoseEncrypt0 outer = CoseEncrypt0.decode(bound.sealed);
    byte[] header = Cose.with(outer.headers(), 4, Cbor.of(new byte[8])).encode();
    byte[] more =
        Cbor.array(Cbor.of(header), Cbor.map().build(), Cbor.of(outer.ciphertext())).encode();
    badNotice(bound, "unknown header", more, "N1");
    contents(bound);
    authorities();
    agreements(bound);
  }

  private void agreements(ExampleNotice of) {
    for (NoticeSubject subject : AgreementVectors.notices(rekey.party)) {
      String name = subject.getClass().getSimpleName();
      if (subject instanceof RegistrationMoved moved) {
        name += " " + moved.standing();
      }
      all.add(notice(name, of.at, 1, subject).vector().node());
    }
    Cbor hash = Cbor.of(new byte[32]);
    Cbor now = Cbor.of(Fixed.NOW);
    Cbor id = Cbor.of(new byte[16]);
    badSubject(of, "to sign: version 0", 5, Cbor.of(0), hash, now);
    badSubject(of, "to sign: version 10000", 5, Cbor.of(10_000), hash, now);
    badSubject(of, "to sign: hash of 31 bytes", 5, Cbor.of(2), Cbor.of(new byte[31]), now);
    badSubject(of, "to sign: before all time", 5, Cbor.of(2), hash, Cbor.of(-1));
    badSubject(of, "to sign: two items", 5, Cbor.of(2), hash);
    badSubject(of, "registration: standing 0", 6, Cbor.of(0), now);
    badSubject(of, "registration: standing 10", 6, Cbor.of(10), now);
    badSubject(of, "registration: time negative", 6, Cbor.of(6), Cbor.of(-1));
    badSubject(of, "registration: three items", 6, Cbor.of(6), now, now);
    badSubject(of, "signed: version 0", 7, Cbor.of(0), hash, id, hash);
    badSubject(
        of, "signed: device id of 15 bytes", 7, Cbor.of(2), hash, Cbor.of(new byte[15]), hash);
    badSubject(of, "signed: signature hash is text", 7, Cbor.of(2), hash, id, Cbor.of("none"));
    badSubject(of, "signed: three items", 7, Cbor.of(2), hash, id);
  }

  private void badSubject(ExampleNotice of, String name, long kind, Cbor... items) {
    Cbor.Map kindly = Cose.with((Cbor.Map) Cbor.decode(of.notice.encode()), 4, Cbor.of(kind));
    Cbor.Map body = Cose.with(kindly, 6, Cbor.of(Cbor.array(items).encode()));
    byte[] signed = signed(bank.answer, "notice", body);
    byte[] sealed = of.sealing(Padding.pad(signed, SealedNotice.PLAINTEXT_LENGTH));
    badNotice(of, "agreement " + name, sealed, "N2");
  }

  private void authorities() {
    String number = rekey.payment.bill.body().number();
    Money amount = Money.of(1_250, "CHF");
    byte[] code = Fixed.bytes("hash of the payee's later code", 32);
    long time = Fixed.NOW + 4_000;
    DownChain at = DownChain.initial(1, rekey.secrets.down());
    ExampleNotice charged =
        notice(
            "a charge was taken",
            at,
            1,
            new NoticeSubject.AuthorityUsed(number, Purpose.CHARGE, amount, time, code));
    all.add(charged.vector().node());
    NoticeSubject completed =
        new NoticeSubject.AuthorityUsed(number, Purpose.COMPLETE, Money.of(0, "CHF"), time, code);
    all.add(notice("a hold was given back", at, 1, completed).vector().node());
    NoticeSubject released =
        new NoticeSubject.AuthorityUsed(number, Purpose.COMPLETE, Money.of(0, "CHF"), time, null);
    all.add(notice("a hold was released by the bank", at, 1, released).vector().node());
    Cbor[] good = Cbor.decode(charged.notice.subject().encode()).asArray(6).toArray(new Cbor[0]);
    Object[][] changes = {
      {"number in lower case", 0, Cbor.of(number.toLowerCase(Locale.ROOT))},
      {"purpose of a purchase", 1, Cbor.of(1)},
      {"amount negative", 2, Cbor.of(-1)},
      {"currency unknown", 3, Cbor.of("QQQ")},
      {"time is text", 4, Cbor.of("now")},
      {"time negative", 4, Cbor.of(-1)},
      {"code hash of 31 bytes", 5, Cbor.of(new byte[31])}
    };
    for (Object[] change : changes) {
      Cbor[] subject = good.clone();
      subject[(int) change[1]] = (Cbor) change[2];
      Cbor bytes = Cbor.of(Cbor.array(subject).encode());
      changed(charged, "authority used: " + change[0], 6, bytes, "N2");
    }
    Cbor five = Cbor.of(Cbor.array(Arrays.copyOf(good, 5)).encode());
    changed(charged, "authority used: five items", 6, five, "N2");
  }

  private byte[] signed(SigningKey key, String type, Cbor.Map body) {
    return Signed.sign(
        key, type, rekey.party.binding.suite(), ExampleBank.CONSORTIUM, body.encode());
  }

  private void contents(ExampleNotice of) {
    Cbor.Map body = (Cbor.Map) Cbor.decode(of.notice.encode());
    int full = SealedNotice.PLAINTEXT_LENGTH;
    byte[] signed = signed(bank.answer, "notice", body);
    byte[] dirty = Padding.pad(signed, full);
    dirty[full - 1] = 1;
    badNotice(of, "padding is not zero", of.sealing(dirty), "N1");
    badNotice(of, "one byte short", of.sealing(Padding.pad(signed, full - 1)), "N1");
    byte[] receipt = signed(bank.receipt, "notice", body);
    badNotice(of, "signed by the receipt key", of.sealing(Padding.pad(receipt, full)), "N2");
    byte[] typ = signed(bank.answer, "answer", body);
    badNotice(of, "typ ts/answer", of.sealing(Padding.pad(typ, full)), "N2");
    changed(of, "kind 8", 4, Cbor.of(8), "N2");
    changed(of, "k 0", 3, Cbor.of(0), "N2");
    changed(of, "no log line", 7, null, "N2");
    changed(of, "unknown key", 8, Cbor.of(0), "N2");
    changed(of, "device of another", 1, Cbor.of(new byte[16]), "N3");
    changed(of, "another epoch", 2, Cbor.of(0), "N3");
    changed(of, "another k", 3, Cbor.of(2), "N3");
  }

  private void changed(
      ExampleNotice of, String name, long key, @Nullable Cbor value, String refusal) {
    Cbor.Map body = Cose.with((Cbor.Map) Cbor.decode(of.notice.encode()), key, value);
    byte[] signed = signed(bank.answer, "notice", body);
    badNotice(of, name, of.sealing(Padding.pad(signed, SealedNotice.PLAINTEXT_LENGTH)), refusal);
  }
}
