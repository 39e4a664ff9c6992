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
import org.tallystick.staff.Actor;
import org.tallystick.staff.BearerToken;
import org.tallystick.staff.Role;

/** Takes applications, and lists registrations for the staff. */
@Stateless
public class Registrations {
  private static final int IDENTIFIER_LENGTH = 16;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Agreements agreements;
  @Inject KeyVault vault;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /**
   * Takes an application; nothing is kept where people would take the public name for another's.
   */
  public ApplicationOutcome register(Application application) {
    String displayName = application.displayName();
    @Nullable PublicName publicName =
        displayName == null ? null : LookAlikes.of(displayName).orElse(null);
    if (displayName != null
        && (publicName == null || new PublicNames(entities).isTaken(publicName))) {
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
    Agreement agreement = agreements.inForce();
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

  /**
   * Registrations in a state, oldest first; that names were opened is recorded.
   *
   * @param after the last one of the page before
   */
  public ApplicantPage page(
      Actor actor, RegistrationState state, Optional<String> after, int limit) {
    actor.require(Role.CLERK, Role.APPROVER);
    long start = after.flatMap(parties::byRegistration).map(Party::id).orElse(0L);
    List<Party> found =
        entities
            .createNamedQuery("Party.inState", Party.class)
            .setParameter("state", state)
            .setParameter("after", start)
            .setMaxResults(limit + 1)
            .getResultList();
    List<Applicant> page =
        found.stream().limit(limit).map(party -> applicant(actor, party)).toList();
    boolean more = found.size() > limit;
    return new ApplicantPage(page, more ? page.get(limit - 1).registration() : null);
  }

  private Applicant applicant(Actor actor, Party party) {
    entities.persist(new KycAccess(party, actor.name(), KycAccess.What.NAME, null, now()));
    return Applicant.of(party, vault.personalKey());
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
