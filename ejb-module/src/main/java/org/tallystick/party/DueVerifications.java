package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.page.Cursors;
import org.tallystick.page.Page;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/** Shows clerks whose identification ends soon or has ended, so that they can ask for papers. */
@Stateless
public class DueVerifications {
  private static final OffsetDateTime BEGINNING =
      OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @Inject Cursors cursors;
  @Inject Clock clock;

  /**
   * Active registrations from their first reminder on, and lapsed ones, the longest due first and
   * without names; of an institution's staff those that came through it.
   */
  public DueVerificationPage page(Actor actor, Optional<String> after, int limit) {
    actor.require(Role.CLERK, Role.APPROVER);
    OffsetDateTime now = OffsetDateTime.now(clock);
    Long institution = actor.institution();
    String list = "verifications/due" + (institution == null ? "" : "/" + institution);
    After start =
        cursors
            .position(list, after)
            .map(given -> start(actor, given))
            .orElse(new After(BEGINNING, 0));
    List<Party> found = found(institution, start, now, limit + 1);
    Page<DueVerificationPage.Line> page =
        cursors
            .page(list, found, limit, DueVerifications::position)
            .map(party -> DueVerificationPage.Line.of(party, now));
    return new DueVerificationPage(page.items(), page.next());
  }

  /** Where a page ended. */
  private record After(OffsetDateTime until, long id) {}

  /** The time too, since an identification may be renewed before the next page is asked for. */
  private static String position(Party party) {
    return Base64Url.encode(party.identifiers().registration())
        + "/"
        + party.verifiedUntil().orElseThrow().toInstant();
  }

  private After start(Actor actor, String position) {
    int slash = position.indexOf('/');
    return new After(
        OffsetDateTime.parse(position.substring(slash + 1)),
        parties.byRegistration(actor, position.substring(0, slash)).map(Party::id).orElse(0L));
  }

  private List<Party> found(
      @Nullable Long institution, After start, OffsetDateTime now, int limit) {
    TypedQuery<Party> query =
        entities
            .createNamedQuery(
                institution == null ? "Party.verifiedUntil" : "Party.verifiedUntilOfInstitution",
                Party.class)
            .setParameter(1, now.plus(VerificationPeriods.REMINDERS.get(0)))
            .setParameter(2, start.until())
            .setParameter(3, start.id())
            .setParameter(4, limit);
    if (institution != null) {
      query.setParameter(5, institution);
    }
    return query.getResultList();
  }
}
