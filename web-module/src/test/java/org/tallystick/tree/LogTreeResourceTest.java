package org.tallystick.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A size is written in one way. */
class LogTreeResourceTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 10, 999_999_999_999_999_999L})
  void size_inDecimal_isTaken(long size) {
    assertThat(LogTreeResource.size(Long.toString(size))).isEqualTo(size);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "0", "-1", "+1", "01", "1.0", " 1", "1 ", "1e3", "x", "1000000000000000000"})
  void size_inAnyOtherForm_isNone(String text) {
    assertThat(LogTreeResource.size(text)).isZero();
  }
}
