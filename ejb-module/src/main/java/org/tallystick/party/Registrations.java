package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.PersonalKey;
import org.tallystick.page.Cursors;
import org.tallystick.page.Page;
import org.tallystick.staff.Actor;
import org.tallystick.staff.BearerToken;
import org.tallystick.staff.Role;
import org.tallystick.staff.Scope;
import org.tallystick.staff.Tenants;

/** Takes applications, and lists registrations for the staff. */
@Stateless
public class Registrations {
  private static final int IDENTIFIER_LENGTH = 16;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Agreements agreements;
  @EJB PartyKeys keys;
  @Inject Tenants tenants;
  @Inject KeyVault vault;
  @Inject Cursors cursors;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /**
   * Takes an application; nothing is kept where people would take the public name for another's.
   */
  public ApplicationOutcome register(Application application) {
    return register(application, null, null);
  }

  /** As the other, for who comes through an institution, by what addresses call that one. */
  public ApplicationOutcome register(Application application, String institution) {
    OptionalLong through = tenants.active(institution);
    return through.isPresent()
        ? register(application, through.getAsLong(), null)
        : new ApplicationOutcome.InstitutionNotOpen();
  }

  /** A partner bank's program hands in an application on behalf of who applies. */
  public ApplicationOutcome register(Actor actor, Application application) {
    actor.require(Role.PARTNER);
    actor.requireScope(Scope.REGISTRATIONS);
    return register(application, actor.institution(), actor.name());
  }

  private ApplicationOutcome register(
      Application application, @Nullable Long institution, @Nullable String by) {
    String displayName = application.displayName();
    @Nullable PublicName publicName =
        displayName == null ? null : LookAlikes.of(displayName).orElse(null);
    if (displayName != null
        && (publicName == null || new PublicNames(entities).isTaken(publicName))) {
      return new ApplicationOutcome.NameConfusable();
    }
    byte[] registration = identifier();
    byte[] keySealed = vault.personalKey().draw(SealContext.partyKey(registration));
    PersonalKey key = vault.personalKey().under(keySealed, SealContext.partyKey(registration));
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
            vault.personalKey().seal(identifier(), SealContext.accountBinding(registration)),
            BearerToken.hash(token).orElseThrow());
    Agreement agreement = agreements.inForce();
    Party party =
        new Party(
            application.kind(),
            application.role(),
            identity,
            identifiers,
            agreement.version(),
            agreement.hash(),
            now());
    if (institution != null) {
      party.applyThrough(institution, by);
    }
    entities.persist(party);
    entities.persist(new PartyKey(party.id(), keySealed, now()));
    return new Registered(Base64Url.encode(registration), token);
  }

  /**
   * Registrations in a state, oldest first; that names were opened is recorded.
   *
   * @param after the cursor of the page before
   */
  public ApplicantPage page(
      Actor actor, RegistrationState state, Optional<String> after, int limit) {
    actor.require(Role.CLERK, Role.APPROVER);
    Page<Applicant> page =
        parties(actor, state, after, limit).map(party -> applicant(actor, party));
    return new ApplicantPage(page.items(), page.next());
  }

  /** Registrations of the actor's own institution in a state, oldest first, without names. */
  public Page<Party> ofInstitution(
      Actor actor, RegistrationState state, Optional<String> after, int limit) {
    actor.require(Role.PARTNER);
    actor.requireScope(Scope.REGISTRATIONS);
    return parties(actor, state, after, limit);
  }

  /** A registration of the actor's own institution. */
  public Optional<Party> ofInstitution(Actor actor, String registration) {
    actor.require(Role.PARTNER);
    actor.requireScope(Scope.REGISTRATIONS);
    return parties.byRegistration(actor, registration);
  }

  /** Each institution has its own. */
  private static String list(Actor actor, RegistrationState state) {
    String all = "registrations/" + state;
    return actor.institution() == null ? all : all + "/" + actor.institution();
  }

  private Page<Party> parties(
      Actor actor, RegistrationState state, Optional<String> after, int limit) {
    String list = list(actor, state);
    long start =
        cursors
            .position(list, after)
            .flatMap(position -> parties.byRegistration(actor, position))
            .map(Party::id)
            .orElse(0L);
    Long institution = actor.institution();
    TypedQuery<Party> query =
        institution == null
            ? entities.createNamedQuery("Party.inState", Party.class)
            : entities
                .createNamedQuery("Party.inStateOfInstitution", Party.class)
                .setParameter("institution", institution);
    List<Party> found =
        query
            .setParameter("state", state)
            .setParameter("after", start)
            .setMaxResults(limit + 1)
            .getResultList();
    return cursors.page(
        list, found, limit, party -> Base64Url.encode(party.identifiers().registration()));
  }

  private Applicant applicant(Actor actor, Party party) {
    entities.persist(new KycAccess(party, actor.name(), KycAccess.What.NAME, null, now()));
    return Applicant.of(party, keys.of(party));
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
