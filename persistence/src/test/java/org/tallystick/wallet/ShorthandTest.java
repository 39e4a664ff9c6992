package org.tallystick.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShorthandTest {
  @Test
  void name_caseAndWidth_makeNoDifference() {
    assertThat(Shorthand.of("Card 1").orElseThrow().key())
        .isEqualTo(Shorthand.of("CARD １").orElseThrow().key());
    assertThat(Shorthand.of("Card 1").orElseThrow().text()).isEqualTo("Card 1");
  }

  @Test
  void name_ofCharactersBeyondTheBasicPlane_isCountedByCharacters() {
    String hieroglyph = "\uD80C\uDC00";
    assertThat(Shorthand.of(hieroglyph.repeat(32)).orElseThrow().text())
        .isEqualTo(hieroglyph.repeat(32));
    assertThat(Shorthand.of(hieroglyph.repeat(33))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "a\u0000b",
        "a\nb",
        "\u202Eabc",
        "a\u2066b",
        "a\u200Db",
        "\uD800",
        "123456789012345678901234567890123"
      })
  void name_thatDoesNotPrint_orIsTooLong_isRefused(String text) {
    assertThat(Shorthand.of(text)).isEmpty();
  }
}
