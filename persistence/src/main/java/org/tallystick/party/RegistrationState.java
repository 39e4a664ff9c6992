package org.tallystick.party;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a registration stands.
 *
 * <p>Everyone begins as {@link #APPLIED}; only {@link #ACTIVE} parties take part in transactions.
 * {@link #REFUSED} and {@link #CLOSED} are final; whoever comes back registers anew.
 */
public enum RegistrationState {
  APPLIED,
  ACTIVE,
  REFUSED,
  LAPSED,
  SUSPENDED,
  CLOSED;

  /** The states that may follow this one. */
  public Set<RegistrationState> next() {
    return switch (this) {
      case APPLIED -> EnumSet.of(ACTIVE, REFUSED);
      case ACTIVE -> EnumSet.of(LAPSED, SUSPENDED, CLOSED);
      case LAPSED -> EnumSet.of(ACTIVE, CLOSED);
      case SUSPENDED -> EnumSet.of(ACTIVE, CLOSED);
      case REFUSED, CLOSED -> EnumSet.noneOf(RegistrationState.class);
    };
  }

  /** Whether {@code next} may follow this state. */
  public boolean permits(RegistrationState next) {
    return next().contains(next);
  }

  /** Whether a party in this state takes part in transactions. */
  public boolean mayTransact() {
    return this == ACTIVE;
  }
}
