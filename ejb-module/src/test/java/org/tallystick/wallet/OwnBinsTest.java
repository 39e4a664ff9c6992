package org.tallystick.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.node.Environment;

class OwnBinsTest {
  private static OwnBins bins(String text) {
    return OwnBinsFixture.of(new Environment(Map.of("TALLYSTICK_BINS", text)));
  }

  @Test
  void bins_ofEightDigits_areTaken() {
    assertThat(bins(" 45678901, 22334455 ").all()).containsExactly("22334455", "45678901");
    assertThat(bins("45678901").contains("45678901")).isTrue();
    assertThat(bins("45678901").contains("45678902")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "456789",
        "4567890",
        "456789012",
        "45678901,",
        "4567 8901",
        "abcdefgh",
        "00000000"
      })
  void bins_ofAnotherForm_areRefusedInWords(String text) {
    assertThatThrownBy(() -> bins(text).all())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TALLYSTICK_BINS")
        .hasMessageContaining("8 digits");
  }
}
