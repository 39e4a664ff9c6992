package org.tallystick.device;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.HalfCheck;

/** In which state a device is, since when, and what may come next. */
@Embeddable
public class DeviceStanding {
  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private DeviceState state;

  @Column(name = "wrong_pins", nullable = false)
  private int wrongPins;

  @Column(name = "blocked_until")
  private @Nullable OffsetDateTime blockedUntil;

  @Column(name = "countersigned_at")
  private @Nullable OffsetDateTime countersignedAt;

  @Column(name = "activated_at")
  private @Nullable OffsetDateTime activatedAt;

  @Column(name = "suspended_at")
  private @Nullable OffsetDateTime suspendedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "suspended_reason")
  private @Nullable SuspensionReason suspendedReason;

  /** Waiting for its confirmation. */
  protected DeviceStanding() {
    state = DeviceState.PENDING;
  }

  DeviceState activate(OffsetDateTime at) {
    if (state != DeviceState.PENDING) {
      throw new IllegalStateException(state + " is not waiting for a confirmation");
    }
    activatedAt = at;
    return moveTo(DeviceState.ACTIVE);
  }

  Optional<DeviceState> suspend(SuspensionReason reason, OffsetDateTime at) {
    if (!state.permits(DeviceState.SUSPENDED)) {
      return Optional.empty();
    }
    suspendedAt = at;
    suspendedReason = reason;
    return Optional.of(moveTo(DeviceState.SUSPENDED));
  }

  Optional<DeviceState> reinstate() {
    if (suspendedReason == null || !suspendedReason.mayBeLifted()) {
      return Optional.empty();
    }
    suspendedAt = null;
    suspendedReason = null;
    rightPin();
    return Optional.of(moveTo(DeviceState.ACTIVE));
  }

  Optional<DeviceState> revoke() {
    if (!state.permits(DeviceState.REVOKED)) {
      return Optional.empty();
    }
    suspendedAt = null;
    suspendedReason = null;
    return Optional.of(moveTo(DeviceState.REVOKED));
  }

  Optional<DeviceState> wrongPin(OffsetDateTime at) {
    wrongPins++;
    if (wrongPins >= HalfCheck.MAX_WRONG_PINS) {
      return suspend(SuspensionReason.WRONG_PINS, at);
    }
    OffsetDateTime until = at.plus(Duration.ofMillis(HalfCheck.blockMillis(wrongPins)));
    if (until.isAfter(at) && (blockedUntil == null || until.isAfter(blockedUntil))) {
      blockedUntil = until;
    }
    return Optional.empty();
  }

  void rightPin() {
    wrongPins = 0;
    blockedUntil = null;
  }

  void countersign(OffsetDateTime at) {
    countersignedAt = at;
  }

  /** Returns the state that was left. */
  private DeviceState moveTo(DeviceState next) {
    DeviceState before = state;
    state = next;
    return before;
  }

  /** The state. */
  public DeviceState state() {
    return state;
  }

  /** Wrong PINs in a row. */
  public int wrongPins() {
    return wrongPins;
  }

  /** Until when no PIN is looked at, where one was wrong lately. */
  public Optional<OffsetDateTime> blockedUntil() {
    return Optional.ofNullable(blockedUntil);
  }

  /** When another device of the account vouched for it, which lifts a new device's limit. */
  public Optional<OffsetDateTime> countersignedAt() {
    return Optional.ofNullable(countersignedAt);
  }

  /** When the device confirmed. */
  public Optional<OffsetDateTime> activatedAt() {
    return Optional.ofNullable(activatedAt);
  }

  /** Since when it is suspended, where it is. */
  public Optional<OffsetDateTime> suspendedAt() {
    return Optional.ofNullable(suspendedAt);
  }

  /** Why it is suspended, where it is. */
  public Optional<SuspensionReason> suspendedReason() {
    return Optional.ofNullable(suspendedReason);
  }
}
