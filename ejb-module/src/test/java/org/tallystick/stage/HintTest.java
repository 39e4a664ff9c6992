package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HintTest {
  @Test
  void text_parsed_isTheSameHint() {
    assertThat(Hint.parse(Hint.slot(17).text())).contains(Hint.slot(17));
    assertThat(Hint.parse(Hint.half(999_999_999_999_999_999L).text()))
        .contains(Hint.half(999_999_999_999_999_999L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "slot",
        "slot:",
        "slot:0",
        "slot:-1",
        "slot:01",
        "slot:1 ",
        "Slot:1",
        "half:1x",
        "half:1000000000000000000",
        "other:1"
      })
  void anythingElse_isNoHint(String text) {
    assertThat(Hint.parse(text)).isEmpty();
  }
}
