package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class DeviceSequencerTest {
  private static final byte[] STATE = {1};
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-03-01T12:00:00Z");

  private final DeviceSequencer row = new DeviceSequencer(7, 0, 77, STATE, 2);

  @Test
  void number_doesNotGoBack_exceptInANewEpoch() {
    row.advance(77, new byte[4]);
    row.advance(80, new byte[5]);
    assertThatThrownBy(() -> row.advance(79, STATE)).isInstanceOf(IllegalStateException.class);
    row.rekey(1, 5, new byte[7], 2);
    assertThat(row.stateWrapped()).hasSize(7);
    assertThat(row.epoch()).isEqualTo(1);
    assertThat(row.next()).isEqualTo(5);
    assertThatThrownBy(() -> row.rekey(1, 9, STATE, 2)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void epochs_fromBeforeTheLastRecovery_areKnown() {
    assertThat(row.isBeforeRecovery(0, 2)).isFalse();
    assertThat(row.isBeforeRecovery(0, 3)).isTrue();
    row.rekey(1, 5, STATE, 2);
    assertThat(row.isBeforeRecovery(0, 2)).isFalse();
    row.rekey(2, 5, STATE, 3);
    assertThat(row.isBeforeRecovery(1, 3)).isTrue();
    assertThat(row.isBeforeRecovery(2, 3)).isFalse();
    row.rekey(3, 5, STATE, 3);
    assertThat(row.isBeforeRecovery(1, 3)).isTrue();
    assertThat(row.isBeforeRecovery(2, 3)).isFalse();
    assertThatThrownBy(() -> row.rekey(4, 5, STATE, 2)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rekey_keepsTheRootBefore_andNoneBeforeThat() {
    DeviceEpoch epoch = new DeviceEpoch(7, 0, 77, new byte[] {0}, NOW);
    assertThat(epoch.baseRootWrapped()).isEmpty();
    epoch.rekey(1, 5, new byte[] {1}, NOW);
    epoch.rekey(3, 6, new byte[] {3}, NOW.plusHours(1));
    assertThat(epoch.epoch()).isEqualTo(3);
    assertThat(epoch.first()).isEqualTo(6);
    assertThat(epoch.baseEpoch()).hasValue(1L);
    assertThat(epoch.baseRootWrapped().orElseThrow()).containsExactly(1);
    assertThat(epoch.beganAt()).isEqualTo(NOW.plusHours(1));
    assertThatThrownBy(() -> epoch.rekey(3, 6, new byte[] {4}, NOW))
        .isInstanceOf(IllegalStateException.class);
  }
}
