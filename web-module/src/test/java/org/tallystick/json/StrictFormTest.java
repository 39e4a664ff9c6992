package org.tallystick.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictFormTest {
  private static StrictForm read(String body) {
    return StrictForm.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void parameters_areDecoded_emptyOnesAreNotThere() {
    StrictForm form = read("a=b+c%2Bd&%C3%A4=%e2%82%ac&empty=&last=%41");
    assertThat(form.isWellFormed()).isTrue();
    assertThat(form.value("a")).hasValue("b c+d");
    assertThat(form.value("\u00e4")).hasValue("\u20ac");
    assertThat(form.value("empty")).isEmpty();
    assertThat(form.value("last")).hasValue("A");
    assertThat(form.value("none")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a=1&a=2",
        "a=1&%61=2",
        "a=%",
        "a=%4",
        "a=%4g",
        "a=%ff",
        "a=\u00e4",
        "a=1&",
        "&"
      })
  void anythingElse_isNoForm(String body) {
    assertThat(read(body).isWellFormed()).isFalse();
  }

  @Test
  void longForm_isTooLarge() {
    assertThat(read("a=" + "b".repeat(StrictForm.LIMIT_BYTES - 2)).isWellFormed()).isTrue();
    assertThatThrownBy(() -> read("a=" + "b".repeat(StrictForm.LIMIT_BYTES - 1)))
        .isInstanceOf(BodyTooLargeException.class);
  }
}
