package org.tallystick.bench.stage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class HalfTest {
  @Test
  void parse_textOfHalf_givesTheSameHalf() {
    Half half = new Half(UUID.randomUUID(), 2, 17, 5, 1_700_000_000_000L, "x|y");
    assertThat(Half.parse(half.text())).isEqualTo(half);
  }

  @Test
  void parse_fieldMissing_isRefused() {
    assertThatThrownBy(() -> Half.parse("a|1|2|3|4")).isInstanceOf(IllegalArgumentException.class);
  }
}
