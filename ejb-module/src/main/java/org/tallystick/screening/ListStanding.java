package org.tallystick.screening;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How one list stands.
 *
 * @param list its name
 * @param required whether nobody is approved without it
 * @param state whether it is there and new enough
 * @param confirmedAt when somebody last gave it to the bank, the same or a new edition
 */
public record ListStanding(
    String list, boolean required, State state, @Nullable OffsetDateTime confirmedAt) {
  /** Whether a list is there. */
  public enum State {
    /** It is, and new enough where that matters. */
    IN_FORCE,
    /** It is required and was never loaded. */
    MISSING,
    /** It is required, and nobody has given it to the bank for too long. */
    STALE
  }
}
