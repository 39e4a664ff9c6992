package org.tallystick.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Format;
import org.tallystick.format.Suite;

/** G1 and G3: a progress message is for one half of one device, under keys of its own. */
class SealedProgressTest {
  private static final String NUMBER = "0123456789ABCDEF";

  private final SecureRandom random = new SecureRandom();
  private final SigningKey bank = SigningKey.generate(random);
  private final Secret root = Secret.random(random, 32);
  private final byte[] device = new byte[16];

  private Progress progress(int i) {
    return new Progress(device, 1, 9, new byte[32], i, Progress.WAITING, 5, 7);
  }

  private byte[] sealed(int i) {
    return SealedProgress.seal(progress(i), Suite.CLASSIC, "TL", NUMBER, bank, root);
  }

  private Optional<Progress> open(byte[] sealed, byte[] of, long epoch, long n, int i, Secret with) {
    return SealedProgress.open(
        sealed, Suite.CLASSIC, "TL", of, epoch, n, i, NUMBER, bank.verificationKey(), with);
  }

  @Test
  void open_ownMessage_saysWhatTheBankSaid() {
    Progress opened = open(sealed(1), device, 1, 9, 1, root).orElseThrow();
    assertThat(opened.encode()).isEqualTo(progress(1).encode());
    assertThat(opened).hasToString("Progress[stage=1, n=9, i=1]");
  }

  @Test
  void open_ofAnotherDeviceEpochNumberOrRoot_isRefused() {
    byte[] sealed = sealed(1);
    byte[] other = new byte[16];
    other[3] = 1;
    assertThat(open(sealed, other, 1, 9, 1, root)).isEmpty();
    assertThat(open(sealed, device, 2, 9, 1, root)).isEmpty();
    assertThat(open(sealed, device, 1, 8, 1, root)).isEmpty();
    assertThat(open(sealed, device, 1, 9, 2, root)).isEmpty();
    assertThat(open(sealed, device, 1, 9, 1, Secret.random(random, 32))).isEmpty();
  }

  @Test
  void seal_eachMessage_hasOneLength_andItsOwnKey() {
    assertThat(sealed(1)).hasSameSizeAs(sealed(8));
    byte[] first = Hkdf.expand(root.reveal(), info("progress key", 1), 32);
    byte[] second = Hkdf.expand(root.reveal(), info("progress key", 2), 32);
    CoseEncrypt0 message = CoseEncrypt0.decode(sealed(2));
    assertThat(message.open(second, aad(2))).isPresent();
    assertThat(message.open(first, aad(2))).isEmpty();
  }

  @Test
  void progress_underTheAnswersKey_opensForNobody() {
    CoseEncrypt0 message = CoseEncrypt0.decode(sealed(1));
    byte[] answerKey = Hkdf.expand(root.reveal(), Format.label("answer key"), 32);
    assertThat(message.open(answerKey, aad(1))).isEmpty();
  }

  private static byte[] info(String label, int i) {
    return Cbor.array(Cbor.of(label), Cbor.of(i)).encode();
  }

  private byte[] aad(int i) {
    return Cbor.array(
            Cbor.of("tallystick"),
            Cbor.of("progress"),
            Cbor.of(1),
            Cbor.of(1),
            Cbor.of("TL"),
            Cbor.of(device),
            Cbor.of(1),
            Cbor.of(9),
            Cbor.of(i))
        .encode();
  }
}
