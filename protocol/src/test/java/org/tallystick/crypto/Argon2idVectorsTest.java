package org.tallystick.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Argon2idVectorsTest {
  private static byte[] filled(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void derive_ofRfc9106Section53_isThatTag() {
    byte[] tag =
        Argon2id.derive(
            filled(1, 32),
            filled(2, 16),
            new Argon2id.Cost(32, 3, 4),
            32,
            filled(3, 8),
            filled(4, 12));
    assertThat(HexFormat.of().formatHex(tag))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  @Test
  void derive_ofTheReferenceImplementationsTest_isThatHash() {
    // phc-winner-argon2, src/test.c: t=2, m=2^16, p=1, "password", "somesalt"
    byte[] tag =
        Argon2id.derive(
            "password".getBytes(UTF_8),
            "somesalt".getBytes(UTF_8),
            new Argon2id.Cost(1 << 16, 2, 1),
            32);
    assertThat(HexFormat.of().formatHex(tag))
        .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
  }

  @Test
  void derive_outsideTheBounds_isRefused() {
    assertThatThrownBy(() -> new Argon2id.Cost(7, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Argon2id.Cost(64, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Argon2id.derive(new byte[1], new byte[7], new Argon2id.Cost(8, 1, 1), 32))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
