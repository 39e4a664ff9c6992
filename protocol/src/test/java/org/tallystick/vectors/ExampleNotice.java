package org.tallystick.vectors;

import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Format;
import org.tallystick.format.Sealed;
import org.tallystick.log.LogLine;
import org.tallystick.log.NoticeDetails;
import org.tallystick.notice.Notice;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.notice.SealedNotice;
import org.tallystick.sequencer.DownChain;

/** One notice with all its values: section N. */
final class ExampleNotice {
  final ExampleParty party;
  final ExampleBank bank;
  final DownChain at;
  final byte[] lineSalt;
  final byte[] details;
  final Notice notice;
  final byte[] sealed;
  private final String name;

  /**
   * @param at chain before the notice
   * @param index of its log line
   * @param head before that
   */
  ExampleNotice(
      String name,
      ExampleParty party,
      ExampleBank bank,
      DownChain at,
      long index,
      byte[] head,
      NoticeSubject subject) {
    this.name = name;
    this.party = party;
    this.bank = bank;
    this.at = at;
    lineSalt = Fixed.bytes(name + " line salt", 16);
    details = new NoticeDetails(subject.kind(), Sha256.of(subject.encode())).encode();
    LogLine line =
        LogLine.after(
            index,
            head,
            Fixed.NOW + 5_000,
            NoticeDetails.KIND,
            LogLine.commitment(lineSalt, details));
    notice =
        new Notice(party.binding.deviceId(), at.epoch(), at.k(), subject, Fixed.NOW + 5_000, line);
    sealed =
        SealedNotice.seal(notice, party.binding.suite(), ExampleBank.CONSORTIUM, bank.answer, at);
  }

  byte[] out(String label, int length) {
    byte[] info =
        Cbor.array(
                Cbor.of(label),
                party.binding.suite().toCbor(),
                Cbor.of(party.binding.deviceId()),
                Cbor.of(at.epoch()),
                Cbor.of(at.k()))
            .encode();
    return Hkdf.expand(at.down().reveal(), info, length);
  }

  byte[] aad() {
    return Cbor.array(
            Cbor.of("tallystick"),
            Cbor.of("notice"),
            Cbor.of(Format.VERSION),
            party.binding.suite().toCbor(),
            Cbor.of(ExampleBank.CONSORTIUM),
            Cbor.of(party.binding.deviceId()),
            Cbor.of(at.epoch()),
            Cbor.of(at.k()))
        .encode();
  }

  /** What the check of a notice needs. */
  Vector inputs(Vector vector) {
    return vector
        .suite(party.binding.suite())
        .text("consortium", ExampleBank.CONSORTIUM)
        .hex("deviceId", party.binding.deviceId())
        .integer("epoch", at.epoch())
        .integer("k", at.k())
        .hex("down", at.down().reveal())
        .hex("answerPublic", bank.answer.verificationKey().compressed());
  }

  Vector vector() {
    CoseEncrypt0 outer = CoseEncrypt0.decode(sealed);
    byte[] key = out("notice key", 32);
    byte[] plaintext = outer.open(key, aad()).orElseThrow();
    return inputs(Vector.of("notice", name))
        .hex("noticeKey", key)
        .hex("noticeIv", out("notice iv", 32))
        .hex("pickup", out("notice pickup", 16))
        .hex("next", out("next", 32))
        .integer("noticeKind", notice.subject().kind())
        .integer("time", notice.timeMillis())
        .hex("subject", notice.subject().encode())
        .hex("subjectHash", Sha256.of(notice.subject().encode()))
        .hex("lineSalt", lineSalt)
        .hex("details", details)
        .integer("index", notice.line().index())
        .hex("column1", notice.line().column1())
        .hex("column2", notice.line().column2())
        .hex("column3", notice.line().column3())
        .hex("head", notice.line().head())
        .hex("body", notice.encode())
        .hex("signed", Cbor.decode(plaintext).asArray(2).get(0).asBytes())
        .hex("externalAad", aad())
        .hex("plaintext", plaintext)
        .hex("iv", outer.iv())
        .hex("encStructure", Cose.encStructure(outer, aad()))
        .hex("sealed", sealed);
  }

  /** Another plaintext at this step. */
  byte[] sealing(byte[] plaintext) {
    byte[] iv = Sealed.syntheticIv(Secret.adopt(out("notice iv", 32)), aad(), plaintext);
    return CoseEncrypt0.seal(out("notice key", 32), iv, Cbor.map().build(), aad(), plaintext);
  }
}
