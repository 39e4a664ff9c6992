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

  @Test
  void sequencer_doesNotGoBack() {
    DeviceSequencer sequencer = new DeviceSequencer(1, 0, 10, new byte[3]);
    sequencer.advance(0, 10, new byte[4]);
    sequencer.advance(0, 12, new byte[5]);
    assertThatThrownBy(() -> sequencer.advance(0, 11, new byte[6]))
        .isInstanceOf(IllegalStateException.class);
    sequencer.advance(1, 3, new byte[7]);
    assertThatThrownBy(() -> sequencer.advance(0, 13, new byte[8]))
        .isInstanceOf(IllegalStateException.class);
    assertThat(sequencer.next()).isEqualTo(3);
    assertThat(sequencer.stateWrapped()).hasSize(7);
  }
}
