package org.tallystick.institution;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where an institution stands.
 *
 * <p>Only through an {@link #ACTIVE} one do parties register, and only its staff and programs get
 * in. Its parties stay customers of the consortium whatever becomes of it. {@link #CLOSED} is
 * final.
 */
public enum InstitutionState {
  ACTIVE,
  SUSPENDED,
  CLOSED;

  /** Whether {@code next} may follow this state. */
  public boolean permits(InstitutionState next) {
    Set<InstitutionState> following =
        switch (this) {
          case ACTIVE -> EnumSet.of(SUSPENDED, CLOSED);
          case SUSPENDED -> EnumSet.of(ACTIVE, CLOSED);
          case CLOSED -> EnumSet.noneOf(InstitutionState.class);
        };
    return following.contains(next);
  }
}
