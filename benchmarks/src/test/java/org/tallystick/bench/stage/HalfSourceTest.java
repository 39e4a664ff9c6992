package org.tallystick.bench.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tallystick.bench.stage.server.Half;

class HalfSourceTest {
  @Test
  void half_sameSeedAndNumber_isTheSameApartFromTheTime() {
    Half first = new HalfSource(3).half(11);
    Half second = new HalfSource(3).half(11);
    assertThat(first.transaction()).isEqualTo(second.transaction());
    assertThat(first.device()).isEqualTo(second.device());
    assertThat(first.role()).isEqualTo(2);
  }

  @Test
  void half_evenAndNextNumber_shareTheTransaction() {
    HalfSource source = new HalfSource(3);
    assertThat(source.half(10).transaction()).isEqualTo(source.half(11).transaction());
    assertThat(source.half(11).transaction()).isNotEqualTo(source.half(12).transaction());
  }

  @Test
  void half_text_isAboutAsLongAsARealOne() {
    assertThat(new HalfSource(3).half(1).text().length()).isBetween(560, 620);
  }
}
