package org.tallystick.device;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a device stands.
 *
 * <p>{@link #PENDING} until the device has confirmed its enrolment; only {@link #ACTIVE} devices
 * take part in transactions; {@link #REVOKED} is final.
 */
public enum DeviceState {
  PENDING,
  ACTIVE,
  SUSPENDED,
  REVOKED;

  /** The states that may follow this one. */
  public Set<DeviceState> next() {
    return switch (this) {
      case PENDING -> EnumSet.of(ACTIVE, REVOKED);
      case ACTIVE -> EnumSet.of(SUSPENDED, REVOKED);
      case SUSPENDED -> EnumSet.of(ACTIVE, REVOKED);
      case REVOKED -> EnumSet.noneOf(DeviceState.class);
    };
  }

  /** Whether {@code next} may follow this state. */
  public boolean permits(DeviceState next) {
    return next().contains(next);
  }

  /** Whether a device in this state takes part in transactions. */
  public boolean mayTransact() {
    return this == ACTIVE;
  }
}
