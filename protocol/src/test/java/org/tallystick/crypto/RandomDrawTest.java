package org.tallystick.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.MalformedInputException;

/** What is drawn at random: within its range, and wiped where it is not kept. */
class RandomDrawTest {
  private static final byte[] HIGHEST = P256.fixedLength(P256.ORDER.subtract(BigInteger.ONE));

  /** Draws what it is given, one array after the other, and keeps the arrays that it filled. */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient Deque<byte[]> draws;
    private transient byte[] filled = new byte[0];

    Given(List<byte[]> draws) {
      this.draws = new ArrayDeque<>(draws);
    }

    @Override
    public void nextBytes(byte[] into) {
      byte[] draw = draws.remove();
      System.arraycopy(draw, 0, into, 0, into.length);
      filled = into;
    }
  }

  @Test
  void scalar_drawnOutsideItsRange_isDrawnAgain() {
    byte[] above = new byte[32];
    Arrays.fill(above, (byte) 0xFF);
    Given random = new Given(List.of(new byte[32], P256.fixedLength(P256.ORDER), above, HIGHEST));
    try (SigningKey key = SigningKey.generate(random)) {
      assertThat(key.scalar()).isEqualTo(HIGHEST);
    }
    assertThat(random.draws).isEmpty();
  }

  @Test
  void message_ofAnEncapsulation_isWiped() {
    byte[] message = new byte[32];
    message[3] = 9;
    Given random = new Given(List.of(message));
    try (MlKemKey key = MlKemKey.ofSeed(new byte[64])) {
      MlKemKey.Encapsulated made = MlKemKey.encapsulate(key.encapsulationKey(), random);
      assertThat(key.decapsulate(made.ciphertext())).isEqualTo(made.secret());
    }
    assertThat(random.filled).hasSize(32).containsOnly(0);
  }

  @Test
  void agreement_withACompressedPoint_isThatWithTheWholeOne() {
    SecureRandom random = new SecureRandom();
    try (EcdhKey own = EcdhKey.generate(random);
        EcdhKey peer = EcdhKey.generate(random)) {
      assertThat(own.agreeCompressed(peer.compressedPoint()))
          .isEqualTo(own.agree(peer.publicPoint()));
      assertThatThrownBy(() -> own.agreeCompressed(peer.publicPoint()))
          .isInstanceOf(MalformedInputException.class);
    }
  }

  @Test
  void lowS_atHalfTheOrder_isLowAndAboveItIsNot() {
    assertThat(VerificationKey.hasLowS(withS(P256.HALF_ORDER))).isTrue();
    assertThat(VerificationKey.hasLowS(withS(P256.HALF_ORDER.add(BigInteger.ONE)))).isFalse();
    assertThat(VerificationKey.hasLowS(Arrays.copyOf(withS(BigInteger.ONE), 63))).isFalse();
    assertThat(VerificationKey.hasLowS(Arrays.copyOf(withS(BigInteger.ONE), 65))).isFalse();
  }

  private static byte[] withS(BigInteger s) {
    byte[] signature = new byte[64];
    System.arraycopy(P256.fixedLength(s), 0, signature, 32, 32);
    return signature;
  }

  @Test
  void keys_ofDifferentContent_areDifferent() {
    VerificationKey one = verificationKey(1);
    assertThat(one).isEqualTo(verificationKey(1)).hasSameHashCodeAs(verificationKey(1));
    assertThat(one).isNotEqualTo(verificationKey(2)).isNotEqualTo("another kind");
    assertThat(one.hashCode()).isNotEqualTo(verificationKey(2).hashCode());
    assertThat(mlDsaKey(1)).isEqualTo(mlDsaKey(1)).isNotEqualTo(mlDsaKey(2)).isNotEqualTo(one);
    assertThat(mlDsaKey(1).hashCode()).isNotEqualTo(mlDsaKey(2).hashCode());
    assertThat(mlDsaKey(1)).hasToString("MlDsaVerificationKey(ML-DSA-65)");
  }

  private static VerificationKey verificationKey(int d) {
    try (SigningKey key = SigningKey.ofScalar(P256.fixedLength(BigInteger.valueOf(d)))) {
      return key.verificationKey();
    }
  }

  private static MlDsaVerificationKey mlDsaKey(int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    try (MlDsaSigningKey key = MlDsaSigningKey.ofSeed(bytes)) {
      return key.verificationKey();
    }
  }

  @Test
  void primitives_ofAKeyOrIvOfAnotherLength_areRefused() {
    byte[] key = new byte[32];
    byte[] iv = new byte[12];
    byte[] none = new byte[0];
    assertThatThrownBy(() -> AesGcm.seal(new byte[16], iv, none, none))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AesGcm.seal(key, new byte[13], none, none))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AesGcm.open(key, new byte[11], none, new byte[16]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(AesGcm.open(key, iv, none, AesGcm.seal(key, iv, none, none)))
        .hasValueSatisfying(plaintext -> assertThat(plaintext).isEmpty());
    assertThatThrownBy(() -> HmacSha256.of(none, none))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
