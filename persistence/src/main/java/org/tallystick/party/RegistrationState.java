package org.tallystick.party;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a registration stands.
 *
 * <p>Everyone begins as {@link #APPLIED} and says who it is. What was submitted is screened and
 * then reviewed by two people. {@link #APPROVED} parties may fill their wallet and enrol a device;
 * the first device's signature makes them {@link #ACTIVE}, and only those take part in
 * transactions. An identification that was not renewed in time lapses. {@link #REFUSED} and {@link
 * #CLOSED} are final; whoever comes back registers anew.
 */
public enum RegistrationState {
  APPLIED,
  SCREENING,
  REVIEW,
  APPROVED,
  ACTIVE,
  REFUSED,
  LAPSED,
  SUSPENDED,
  CLOSED;

  /** The states that may follow this one. */
  public Set<RegistrationState> next() {
    return switch (this) {
      case APPLIED -> EnumSet.of(SCREENING, CLOSED);
      case SCREENING -> EnumSet.of(REVIEW, CLOSED);
      case REVIEW -> EnumSet.of(APPROVED, REFUSED, CLOSED);
      case APPROVED -> EnumSet.of(ACTIVE, CLOSED);
      case ACTIVE -> EnumSet.of(LAPSED, SUSPENDED, CLOSED);
      case LAPSED -> EnumSet.of(REVIEW, ACTIVE, CLOSED);
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

  /** Whether a party in this state may enrol devices and fill its wallet: it is identified. */
  public boolean mayEnrol() {
    return this == APPROVED || this == ACTIVE;
  }

  /**
   * Whether the party may say who it is, and submit that: at the beginning, in time before its
   * identification lapses, and after it has.
   */
  public boolean mayIdentify() {
    return this == APPLIED || this == ACTIVE || this == LAPSED;
  }

  /** Whether nobody has decided on an application yet, so that the party may withdraw it. */
  public boolean undecided() {
    return this == APPLIED || this == SCREENING || this == REVIEW;
  }
}
