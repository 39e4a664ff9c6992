package org.tallystick.party;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/**
 * Some registrations whose identification is to be renewed, the soonest or longest over first.
 *
 * @param registrations the page
 * @param next give this back to get the next page; null on the last
 */
public record DueVerificationPage(List<Line> registrations, @Nullable String next) {
  /** Copies the list. */
  public DueVerificationPage {
    registrations = List.copyOf(registrations);
  }

  /**
   * One of them.
   *
   * @param registration names it in addresses
   * @param kind person or organisation
   * @param state active, or lapsed since it was not renewed
   * @param verifiedUntil when the identification ends or has ended
   * @param overdue whether it has
   */
  public record Line(
      String registration,
      PartyKind kind,
      RegistrationState state,
      OffsetDateTime verifiedUntil,
      boolean overdue) {
    static Line of(Party party, OffsetDateTime now) {
      OffsetDateTime until = party.verifiedUntil().orElseThrow();
      return new Line(
          Base64Url.encode(party.identifiers().registration()),
          party.kind(),
          party.state(),
          until,
          !now.isBefore(until));
    }
  }
}
