package org.tallystick.institution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ratios as the W3C's own pages and other tools give them. */
class ColoursTest {
  @ParameterizedTest
  @CsvSource({
    "#000000, #ffffff, 21.00, true",
    "#ffffff, #ffffff, 1.00, false",
    "#767676, #ffffff, 4.54, true",
    "#777777, #ffffff, 4.48, false",
    "#ff0000, #ffffff, 4.00, false",
    "#0000ff, #ffffff, 8.59, true",
    "#00ff00, #000000, 15.30, true"
  })
  void contrast_isAsPublished(String text, String background, double ratio, boolean read) {
    assertThat(Colours.contrast(text, background)).isCloseTo(ratio, within(0.005));
    assertThat(Colours.contrast(background, text)).isCloseTo(ratio, within(0.005));
    assertThat(Colours.canBeRead(text, background)).isEqualTo(read);
  }
}
