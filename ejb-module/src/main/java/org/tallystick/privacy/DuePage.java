package org.tallystick.privacy;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.party.RegistrationState;

/**
 * Some registrations that may be erased by now, the longest due first.
 *
 * @param registrations the page
 * @param next give this back to get the next page; null on the last
 */
public record DuePage(List<Line> registrations, @Nullable String next) {
  /** Copies the list. */
  public DuePage {
    registrations = List.copyOf(registrations);
  }

  /**
   * One of them.
   *
   * @param registration names it in addresses
   * @param state refused or closed
   * @param endedAt since when
   */
  public record Line(String registration, RegistrationState state, OffsetDateTime endedAt) {
    static Line of(ErasureRows.Due due) {
      return new Line(
          Base64Url.encode(due.registration()),
          RegistrationState.valueOf(due.state()),
          due.endedAt());
    }
  }
}
