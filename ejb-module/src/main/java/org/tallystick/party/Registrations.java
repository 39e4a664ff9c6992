package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.PersonalKey;
import org.tallystick.ledger.DefaultCurrency;
import org.tallystick.ledger.Ledger;
import org.tallystick.page.Cursors;
import org.tallystick.party.TransitionOutcome.Moved;
import org.tallystick.party.TransitionOutcome.NameConfusable;
import org.tallystick.party.TransitionOutcome.NotPermitted;
import org.tallystick.party.TransitionOutcome.Unknown;
import org.tallystick.staff.Actor;
import org.tallystick.staff.BearerToken;
import org.tallystick.staff.Role;

/**
 * Takes applications and decides them: applied, looked at by a clerk, approved or refused, and
 * later perhaps suspended, lapsed or closed. Approval opens the first deposit account.
 */
@Stateless
public class Registrations {
  private static final int IDENTIFIER_LENGTH = 16;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Ledger ledger;
  @Inject DefaultCurrency defaultCurrency;
  @Inject KeyVault vault;
  @Inject Cursors cursors;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /**
   * Takes an application; nothing is kept where people would take the public name for another's.
   */
  public ApplicationOutcome register(Application application) {
    String displayName = application.displayName();
    @Nullable PublicName publicName =
        displayName == null ? null : LookAlikes.of(displayName).orElse(null);
    if (displayName != null && (publicName == null || isTaken(publicName))) {
      return new ApplicationOutcome.NameConfusable();
    }
    byte[] registration = identifier();
    PersonalKey key = vault.personalKey();
    String token = BearerToken.draw(random);
    String email = application.email();
    PartyIdentity identity =
        new PartyIdentity(
            key.sealText(application.name(), SealContext.name(registration)),
            email == null ? null : key.sealText(email, SealContext.email(registration)),
            publicName,
            application.place());
    PartyIdentifiers identifiers =
        new PartyIdentifiers(
            registration,
            identifier(),
            identifier(),
            key.seal(identifier(), SealContext.accountBinding(registration)),
            BearerToken.hash(token).orElseThrow());
    Agreement agreement = Agreement.newest();
    entities.persist(
        new Party(
            application.kind(),
            application.role(),
            identity,
            identifiers,
            agreement.version(),
            agreement.hash(),
            now()));
    return new Registered(Base64Url.encode(registration), token);
  }

  /** Finds the applicant good: it may take part from now on. */
  public TransitionOutcome approve(Actor actor, String registration, String reason) {
    actor.require(Role.CLERK, Role.APPROVER);
    Optional<Party> found = parties.byRegistrationLocked(registration);
    if (found.isEmpty()) {
      return new Unknown();
    }
    Party party = found.get();
    if (party.state() != RegistrationState.APPLIED) {
      return new NotPermitted(party.state(), RegistrationState.ACTIVE);
    }
    return approve(party, actor, reason);
  }

  private TransitionOutcome approve(Party party, Actor actor, String reason) {
    return party.identity().publicName().filter(this::isTaken).isPresent()
        ? new NameConfusable()
        : moved(actor, party, RegistrationState.ACTIVE, reason);
  }

  /** Applications do not count: nobody keeps a name from its owner by applying under it. */
  private boolean isTaken(PublicName name) {
    return !entities
        .createNamedQuery("Party.ofPublicName")
        .setParameter(1, name.lookHash())
        .setParameter(2, name.foldedHash())
        .getResultList()
        .isEmpty();
  }

  /** Moves a registration to any state that may follow. */
  public TransitionOutcome move(
      Actor actor, String registration, RegistrationState next, String reason) {
    actor.require(Role.APPROVER);
    Optional<Party> found = parties.byRegistrationLocked(registration);
    if (found.isEmpty()) {
      return new Unknown();
    }
    Party party = found.get();
    if (!party.state().permits(next)) {
      return new NotPermitted(party.state(), next);
    }
    return next == RegistrationState.ACTIVE && party.state() == RegistrationState.APPLIED
        ? approve(party, actor, reason)
        : moved(actor, party, next, reason);
  }

  /** Registrations in a state, oldest first; {@code after} is the cursor of the page before. */
  public ApplicantPage page(
      Actor actor, RegistrationState state, Optional<String> after, int limit) {
    actor.require(Role.CLERK, Role.APPROVER);
    String list = "registrations/" + state;
    long start =
        cursors.position(list, after).flatMap(parties::byRegistration).map(Party::id).orElse(0L);
    List<Party> found =
        entities
            .createNamedQuery("Party.inState", Party.class)
            .setParameter("state", state)
            .setParameter("after", start)
            .setMaxResults(limit + 1)
            .getResultList();
    List<Applicant> page = found.stream().limit(limit).map(this::applicant).toList();
    boolean more = found.size() > limit;
    return new ApplicantPage(
        page, more ? cursors.cursor(list, page.get(limit - 1).registration()) : null);
  }

  private TransitionOutcome moved(Actor actor, Party party, RegistrationState next, String reason) {
    entities.persist(party.moveTo(next, actor.name(), reason, now()));
    if (next == RegistrationState.ACTIVE) {
      ledger.openDeposit(party.id(), defaultCurrency.code());
    }
    return new Moved(next);
  }

  private Applicant applicant(Party party) {
    byte[] registration = party.identifiers().registration();
    PersonalKey key = vault.personalKey();
    return new Applicant(
        Base64Url.encode(registration),
        party.kind(),
        party.role(),
        party.state(),
        key.openText(party.identity().nameSealed(), SealContext.name(registration)),
        party.identity().displayName().orElse(null),
        party.identity().place().orElse(null),
        party
            .identity()
            .emailSealed()
            .map(email -> key.openText(email, SealContext.email(registration)))
            .orElse(null),
        party.registeredAt());
  }

  private byte[] identifier() {
    byte[] drawn = new byte[IDENTIFIER_LENGTH];
    random.nextBytes(drawn);
    return drawn;
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
