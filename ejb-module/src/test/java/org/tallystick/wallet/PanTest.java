package org.tallystick.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PanTest {
  @Test
  void pan_showsOnlyItsEnd() {
    Pan pan = Pan.of("4111111111111111").orElseThrow();
    assertThat(pan).hasToString("Pan(...1111)");
    assertThat(pan.bin()).isEqualTo("41111111");
    assertThat(pan.lastFour()).isEqualTo("1111");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111112",
        "4111 1111 1111 1111",
        "41111111111",
        "",
        "0000000000000000",
        "41111111111111111111",
        "٤١١١١١١١١١١١١١١١"
      })
  void pan_wrongCheckDigit_orForm_isRefused(String text) {
    assertThat(Pan.of(text)).isEmpty();
  }

  @Test
  void searchHash_dependsOnKeyAndNumber() {
    Pan pan = Pan.of("4111111111111111").orElseThrow();
    Pan other = Pan.of("5500005555555559").orElseThrow();
    byte[] key = new byte[32];
    byte[] otherKey = {1};
    assertThat(pan.searchHash(key))
        .isEqualTo(Pan.of("4111111111111111").orElseThrow().searchHash(key));
    assertThat(pan.searchHash(key)).isNotEqualTo(other.searchHash(key));
    assertThat(pan.searchHash(key)).isNotEqualTo(pan.searchHash(otherKey));
  }
}
