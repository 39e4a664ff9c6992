package org.tallystick.privacy;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.party.KycAccess;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.party.Transitions;
import org.tallystick.privacy.ExportOutcome.Fetched;
import org.tallystick.privacy.ExportOutcome.NotThere;
import org.tallystick.privacy.ExportOutcome.Opened;
import org.tallystick.privacy.ExportOutcome.Over;
import org.tallystick.privacy.ExportOutcome.TooMany;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.turn.Turn;

/**
 * Exports are opened, once for each Idempotency-Key, and then fetched for some minutes by who has
 * opened them. Each archive is made of what is known when it is fetched, and each fetch is
 * recorded. A party's erasure takes what it has open along.
 */
@Stateless
public class OpenedExports {
  /** How long an export may be fetched. */
  public static final Duration LIFE = Duration.ofMinutes(10);

  /** How often, should it break off. */
  public static final int MOST_FETCHES = 5;

  /** How many are opened of one party in a day, by whomever. */
  public static final int MOST_OF_PARTY = 20;

  /** How many one person of the staff opens in a day. */
  public static final int MOST_BY_PERSON = 100;

  /** In which they are counted; answers under an Idempotency-Key name one for as long. */
  private static final Duration DAY = Duration.ofDays(1);

  private static final int ID_LENGTH = 16;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Exports exports;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** The party opens one itself. */
  public ExportOutcome openOwn(Party asking) {
    return open(asking, Transitions.PARTY, null);
  }

  /** The staff opens one for a party that asked on paper. */
  public ExportOutcome open(Actor actor, String registration, String reason) {
    actor.require(Role.CLERK);
    return parties
        .byRegistration(actor, registration)
        .map(party -> open(party, actor.name(), reason))
        .orElseGet(NotThere::new);
  }

  /** The party fetches what it has opened. */
  public ExportOutcome fetchOwn(Party asking, String export) {
    return fetch(asking, Transitions.PARTY, export);
  }

  /** Who has opened one for a party fetches it; that and the reason are recorded. */
  public ExportOutcome fetch(Actor actor, String registration, String export) {
    actor.require(Role.CLERK);
    return parties
        .byRegistration(actor, registration)
        .map(party -> fetch(party, actor.name(), export))
        .orElseGet(NotThere::new);
  }

  /** Forgets those that nobody has to count any more, and tells how many. */
  public int forget(int limit) {
    return entities
        .createNativeQuery(
            "delete from opened_export where ctid = any (array(select ctid from opened_export"
                + " where expires_at < ? order by expires_at limit ? for update skip locked))")
        .setParameter(1, now().minus(DAY))
        .setParameter(2, limit)
        .executeUpdate();
  }

  private ExportOutcome open(Party party, String by, @Nullable String reason) {
    if (!stays(party)) {
      return new NotThere();
    }
    Turn.EXPORTS.await(entities);
    Optional<Duration> wait = wait("OpenedExport.ofPartySince", "party", party.id(), MOST_OF_PARTY);
    if (wait.isEmpty() && reason != null) {
      wait = wait("OpenedExport.byPersonSince", "person", by, MOST_BY_PERSON);
    }
    if (wait.isPresent()) {
      return new TooMany(wait.get());
    }
    byte[] id = new byte[ID_LENGTH];
    random.nextBytes(id);
    OpenedExport opened = new OpenedExport(id, party.id(), by, reason, now(), now().plus(LIFE));
    entities.persist(opened);
    return new Opened(Base64Url.encode(id), by, opened.expiresAt());
  }

  /** Empty where one more may be opened. */
  private Optional<Duration> wait(String query, String name, Object value, int most) {
    List<OffsetDateTime> newestFirst =
        entities
            .createNamedQuery(query, OffsetDateTime.class)
            .setParameter(name, value)
            .setParameter("since", now().minus(DAY))
            .setMaxResults(most)
            .getResultList();
    return newestFirst.size() < most
        ? Optional.empty()
        : Optional.of(Duration.between(now(), newestFirst.get(most - 1).plus(DAY)));
  }

  private ExportOutcome fetch(Party party, String by, String export) {
    if (!stays(party)) {
      return new NotThere();
    }
    Optional<OpenedExport> found = find(party, by, export);
    if (found.isEmpty()) {
      return new NotThere();
    }
    OpenedExport opened = found.get();
    if (!now().isBefore(opened.expiresAt()) || fetches(opened) >= MOST_FETCHES) {
      return new Over();
    }
    opened
        .reason()
        .ifPresent(
            why ->
                entities.persist(
                    new KycAccess(party, by, KycAccess.What.EXPORT, null, now()).because(why)));
    return new Fetched(exports.make(party, opened));
  }

  private Optional<OpenedExport> find(Party party, String by, String export) {
    byte[] id;
    try {
      id = Base64Url.decode(export);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
    return entities
        .createNamedQuery("OpenedExport.find", OpenedExport.class)
        .setParameter("export", id)
        .setParameter("party", party.id())
        .setParameter("person", by)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst();
  }

  private long fetches(OpenedExport opened) {
    return entities
        .createNamedQuery("PartyExport.fetches", Long.class)
        .setParameter("export", opened.publicId())
        .getSingleResult();
  }

  /** Whether the party is not erased, nor will be before this transaction ends. */
  private boolean stays(Party party) {
    return !entities
        .createNativeQuery("select id from party where id = ? and erased_at is null for key share")
        .setParameter(1, party.id())
        .getResultList()
        .isEmpty();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
