package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tallystick.format.Suite;
import org.tallystick.party.PartyRole;

class DeviceTest {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-03-01T12:00:00Z");

  private final Device device =
      new Device(
          7,
          new byte[16],
          1,
          PartyRole.USER,
          1,
          new BoundEvidence(
              Suite.CLASSIC, new byte[33], new byte[16], new byte[16], new byte[64], new byte[64]),
          new DeviceSecrets(new byte[32], new byte[32]),
          NOW);

  private Device active() {
    device.activate(NOW);
    return device;
  }

  @Test
  void newDevice_isPending_andMayNotTransact() {
    assertThat(device.state()).isEqualTo(DeviceState.PENDING);
    assertThat(device.state().mayTransact()).isFalse();
    assertThat(device.suspend(SuspensionReason.STAFF, "a", "b", NOW)).isEmpty();
    assertThat(device.reinstate("a", "b", NOW)).isEmpty();
  }

  @Test
  void activation_leavesALine_andHappensOnce() {
    DeviceTransition line = device.activate(NOW);
    assertThat(line.deviceIndex()).isEqualTo(7);
    assertThat(line.from()).isEqualTo(DeviceState.PENDING);
    assertThat(line.to()).isEqualTo(DeviceState.ACTIVE);
    assertThat(device.standing().activatedAt()).hasValue(NOW);
    assertThatThrownBy(() -> device.activate(NOW)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void fifthWrongPin_inARow_suspends() {
    active();
    for (int i = 0; i < 4; i++) {
      assertThat(device.wrongPin(NOW)).isEmpty();
    }
    device.rightPin();
    for (int i = 0; i < 4; i++) {
      assertThat(device.wrongPin(NOW)).isEmpty();
    }
    assertThat(device.wrongPin(NOW)).map(DeviceTransition::to).hasValue(DeviceState.SUSPENDED);
    assertThat(device.standing().suspendedReason()).hasValue(SuspensionReason.WRONG_PINS);
    assertThat(device.wrongPin(NOW)).isEmpty();
  }

  @Test
  void wrongPins_blockForLongerEachTime_andTheRightOneUnblocks() {
    active();
    device.wrongPin(NOW);
    assertThat(device.standing().blockedUntil()).isEmpty();
    device.wrongPin(NOW);
    assertThat(device.standing().blockedUntil()).hasValue(NOW.plusSeconds(30));
    device.wrongPin(NOW);
    assertThat(device.standing().blockedUntil()).hasValue(NOW.plusMinutes(2));
    device.wrongPin(NOW.plusMinutes(3));
    assertThat(device.standing().blockedUntil()).hasValue(NOW.plusMinutes(13));
    device.rightPin();
    assertThat(device.standing().blockedUntil()).isEmpty();
  }

  @Test
  void wrongPin_thatCameEarlier_doesNotShortenTheBlock() {
    active();
    device.wrongPin(NOW);
    device.wrongPin(NOW);
    device.wrongPin(NOW.minusMinutes(2));
    assertThat(device.standing().blockedUntil()).hasValue(NOW.plusSeconds(30));
  }

  @Test
  void newPin_standsBesideTheOld_untilProven() {
    byte[] fresh = new byte[] {7};
    device.changePin(fresh);
    assertThat(device.secrets().pinVerifierWrapped().orElseThrow()).hasSize(32);
    assertThat(device.secrets().pinPendingWrapped().orElseThrow()).isEqualTo(fresh);
    device.pendingPinProven();
    assertThat(device.secrets().pinVerifierWrapped().orElseThrow()).isEqualTo(fresh);
    assertThat(device.secrets().pinPendingWrapped()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SuspensionReason.class)
  void suspension_isLifted_onlyWhereSecretsAreSafe(SuspensionReason reason) {
    active().suspend(reason, "a", "b", NOW);
    Optional<DeviceTransition> lifted = device.reinstate("approver", "seen", NOW);
    assertThat(lifted.isPresent()).isEqualTo(reason.mayBeLifted());
    assertThat(device.state())
        .isEqualTo(reason.mayBeLifted() ? DeviceState.ACTIVE : DeviceState.SUSPENDED);
    assertThat(
            EnumSet.of(SuspensionReason.COMPROMISED, SuspensionReason.FORK, SuspensionReason.REKEY)
                .contains(reason))
        .isEqualTo(!reason.mayBeLifted());
  }

  @Test
  void reinstated_beginsToCountAnew() {
    active();
    for (int i = 0; i < 5; i++) {
      device.wrongPin(NOW);
    }
    assertThat(device.state()).isEqualTo(DeviceState.SUSPENDED);
    device.reinstate("approver", "seen", NOW);
    assertThat(device.wrongPins()).isZero();
    assertThat(device.standing().blockedUntil()).isEmpty();
    assertThat(device.standing().suspendedReason()).isEmpty();
    assertThat(device.standing().suspendedAt()).isEmpty();
  }

  @Test
  void revoked_isFinal() {
    active();
    assertThat(device.revoke("a", "b", NOW)).isPresent();
    assertThat(device.revoke("a", "b", NOW)).isEmpty();
    assertThat(device.suspend(SuspensionReason.STAFF, "a", "b", NOW)).isEmpty();
    assertThat(device.reinstate("a", "b", NOW)).isEmpty();
    assertThat(device.wrongPin(NOW)).isEmpty();
    assertThat(DeviceState.REVOKED.next()).isEmpty();
  }

  @Test
  void suspendedAgain_keepsTheFirstReason() {
    active().suspend(SuspensionReason.FORK, "a", "b", NOW);
    assertThat(device.suspend(SuspensionReason.STAFF, "a", "b", NOW)).isEmpty();
    assertThat(device.standing().suspendedReason()).hasValue(SuspensionReason.FORK);
  }
}
