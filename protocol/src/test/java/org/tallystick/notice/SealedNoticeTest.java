package org.tallystick.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Padding;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.log.LogLine;
import org.tallystick.log.NoticeDetails;
import org.tallystick.sequencer.DownChain;

/** N1 to N3: a notice opens at its own step of its device's chain. */
class SealedNoticeTest {
  private static final long NOW = 1_790_000_000_000L;

  private final SecureRandom random = new SecureRandom();
  private final SigningKey bank = SigningKey.generate(random);
  private final byte[] id = bytes(16);
  private final DownChain first = DownChain.initial(3, Secret.random(random, 32));

  private byte[] bytes(int length) {
    byte[] b = new byte[length];
    random.nextBytes(b);
    return b;
  }

  private Notice notice(DownChain at, NoticeSubject subject) {
    byte[] details = new NoticeDetails(subject.kind(), Sha256.of(subject.encode())).encode();
    LogLine line =
        LogLine.after(
            1, new byte[32], NOW, NoticeDetails.KIND, LogLine.commitment(bytes(16), details));
    return new Notice(id, at.epoch(), at.k(), subject, NOW, line);
  }

  private byte[] seal(DownChain at, NoticeSubject subject) {
    return SealedNotice.seal(notice(at, subject), Suite.CLASSIC, "TL", bank, at);
  }

  private Optional<Notice> open(byte[] sealed, DownChain at) {
    return SealedNotice.open(sealed, Suite.CLASSIC, "TL", id, at, bank.verificationKey());
  }

  @Test
  void open_eachKind_givesItsSubject() {
    for (NoticeSubject subject :
        List.of(
            new NoticeSubject.DeviceBound(bytes(1024)),
            new NoticeSubject.DeviceSuspended(bytes(16), "FORK"),
            new NoticeSubject.NotMeUsed(bytes(16), null),
            new NoticeSubject.NotMeUsed(null, "0123456789ABCDEF"))) {
      byte[] sealed = seal(first, subject);
      Notice notice = open(sealed, first).orElseThrow();
      assertThat(notice.subject().encode()).isEqualTo(subject.encode());
      assertThat(notice.subject()).hasSameClassAs(subject);
      assertThat(notice.line().content().kind()).isEqualTo("notice");
      assertThat(sealed).hasSize(seal(first, new NoticeSubject.NotMeUsed(id, null)).length);
    }
  }

  @Test
  void chain_stepByStep_opensNothingOlderAndNothingAhead() {
    DownChain second = first.next(Suite.CLASSIC, id);
    byte[] one = seal(first, new NoticeSubject.NotMeUsed(id, null));
    byte[] two = seal(second, new NoticeSubject.NotMeUsed(id, null));
    assertThat(first.made()).isZero();
    assertThat(second.made()).isEqualTo(1);
    assertThat(open(two, first)).isEmpty();
    assertThat(open(one, second)).isEmpty();
    assertThat(open(two, second)).isPresent();
    assertThat(first.keys(Suite.CLASSIC, id).pickup())
        .hasSize(16)
        .isNotEqualTo(second.keys(Suite.CLASSIC, id).pickup());
  }

  @Test
  void open_elsewhere_opensNothing() {
    byte[] sealed = seal(first, new NoticeSubject.NotMeUsed(id, null));
    SigningKey other = SigningKey.generate(random);
    assertThat(SealedNotice.open(sealed, Suite.HYBRID, "TL", id, first, bank.verificationKey()))
        .isEmpty();
    assertThat(SealedNotice.open(sealed, Suite.CLASSIC, "TM", id, first, bank.verificationKey()))
        .isEmpty();
    assertThat(
            SealedNotice.open(
                sealed, Suite.CLASSIC, "TL", bytes(16), first, bank.verificationKey()))
        .isEmpty();
    assertThat(SealedNotice.open(sealed, Suite.CLASSIC, "TL", id, first, other.verificationKey()))
        .isEmpty();
    assertThat(open(sealed, new DownChain(4, 1, first.down()))).isEmpty();
  }

  @Test
  void open_anyByteFlipped_opensNothing() {
    byte[] good = seal(first, new NoticeSubject.NotMeUsed(id, null));
    for (int i = 0; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= 1;
      assertThat(open(flipped, first)).as("byte " + i).isEmpty();
    }
  }

  private byte[] sealing(byte[] plaintext) {
    byte[] aad =
        Cbor.array(
                Cbor.of("tallystick"),
                Cbor.of("notice"),
                Cbor.of(1),
                Cbor.of(1),
                Cbor.of("TL"),
                Cbor.of(id),
                Cbor.of(3),
                Cbor.of(1))
            .encode();
    try (Sealed seal = first.keys(Suite.CLASSIC, id).seal()) {
      return seal.seal(Cbor.map().build(), aad, plaintext);
    }
  }

  private byte[] signed(String type, Notice notice) {
    return Signed.sign(bank, type, Suite.CLASSIC, "TL", notice.encode());
  }

  @Test
  void open_sealedWellAndNotTheNotice_opensNothing() {
    Notice good = notice(first, new NoticeSubject.NotMeUsed(id, null));
    assertThat(open(sealing(Padding.pad(signed("notice", good), 2048)), first)).isPresent();
    assertThat(open(sealing(Padding.pad(signed("notice", good), 2047)), first)).isEmpty();
    assertThat(open(sealing(Padding.pad(signed("answer", good), 2048)), first)).isEmpty();
    byte[] dirty = Padding.pad(signed("notice", good), 2048);
    dirty[2047] = 1;
    assertThat(open(sealing(dirty), first)).isEmpty();
    Notice later = new Notice(id, 3, 2, good.subject(), NOW, good.line());
    assertThat(open(sealing(Padding.pad(signed("notice", later), 2048)), first)).isEmpty();
    Notice other = new Notice(bytes(16), 3, 1, good.subject(), NOW, good.line());
    assertThat(open(sealing(Padding.pad(signed("notice", other), 2048)), first)).isEmpty();
  }

  @Test
  void seal_anotherStepThanTheNext_isRefused() {
    Notice notice = notice(first, new NoticeSubject.NotMeUsed(id, null));
    DownChain second = first.next(Suite.CLASSIC, id);
    assertThatThrownBy(() -> SealedNotice.seal(notice, Suite.CLASSIC, "TL", bank, second))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void decode_unknownKindOrShape_isMalformed() {
    byte[] twoNulls = Cbor.array(Cbor.NULL, Cbor.NULL).encode();
    assertThatThrownBy(() -> NoticeSubject.decode(4, twoNulls))
        .isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> NoticeSubject.decode(2, twoNulls))
        .isInstanceOf(MalformedInputException.class);
    byte[] typed = Cbor.array(Cbor.NULL, Cbor.of("0123456789ABCDEf")).encode();
    assertThatThrownBy(() -> NoticeSubject.decode(3, typed))
        .isInstanceOf(MalformedInputException.class);
    Notice notice = notice(first, new NoticeSubject.NotMeUsed(id, null));
    assertThat(Notice.decode(notice.encode()).encode()).isEqualTo(notice.encode());
    NoticeDetails details = new NoticeDetails(3, bytes(32));
    assertThat(NoticeDetails.decode(details.encode()).encode()).isEqualTo(details.encode());
  }
}
