package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tallystick.format.Suite;
import org.tallystick.log.LogLine;

class DeviceLogHeadTest {
  private static final byte[] SEED = LogLine.seed(Suite.CLASSIC, new byte[16], new byte[64]);

  private final DeviceLogHead head = new DeviceLogHead(1, SEED);

  @Test
  void lines_stackOneUponTheOther() {
    LogLine first = head.append(1_000, "decision", new byte[32]);
    assertThat(first.extendsHead(1, SEED)).isTrue();
    LogLine second = head.append(2_000, "decision", new byte[32]);
    assertThat(second.extendsHead(2, first.head())).isTrue();
    assertThat(head.lineIndex()).isEqualTo(2);
    assertThat(head.head()).isEqualTo(second.head());
  }

  @Test
  void lineThatDoesNotFollow_isRefused() {
    LogLine line = LogLine.after(1, SEED, 1_000, "decision", new byte[32]);
    head.advance(line);
    assertThatThrownBy(() -> head.advance(line)).isInstanceOf(IllegalStateException.class);
    LogLine elsewhere = LogLine.after(2, SEED, 1_000, "decision", new byte[32]);
    assertThatThrownBy(() -> head.advance(elsewhere)).isInstanceOf(IllegalStateException.class);
  }
}
