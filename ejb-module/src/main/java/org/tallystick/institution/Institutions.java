package org.tallystick.institution;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.institution.InstitutionLine.What;
import org.tallystick.institution.InstitutionOutcome.LogoNotValid;
import org.tallystick.institution.InstitutionOutcome.LowContrast;
import org.tallystick.institution.InstitutionOutcome.NameConfusable;
import org.tallystick.institution.InstitutionOutcome.NotPermitted;
import org.tallystick.institution.InstitutionOutcome.OtherVersion;
import org.tallystick.institution.InstitutionOutcome.Stands;
import org.tallystick.institution.InstitutionOutcome.Unknown;
import org.tallystick.page.Cursors;
import org.tallystick.page.Page;
import org.tallystick.party.LookAlikes;
import org.tallystick.party.PublicName;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.turn.Turn;

/**
 * The member banks. An administrator of the consortium takes them in, changes how they show
 * themselves, suspends and closes them; their parties stay customers of the consortium throughout.
 */
@Stateless
public class Institutions {
  private static final int PUBLIC_ID_LENGTH = 16;
  private static final int MAX_LINES = 200;
  private static final String LIST = "institutions";

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Cursors cursors;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** Takes a new one in; it is active at once. */
  public InstitutionOutcome create(Actor actor, BrandDraft draft) {
    administrates(actor);
    Optional<InstitutionOutcome> fault = fault(draft, null);
    if (fault.isPresent()) {
      return fault.get();
    }
    byte[] publicId = new byte[PUBLIC_ID_LENGTH];
    random.nextBytes(publicId);
    Institution institution = new Institution(publicId, brand(draft), now());
    entities.persist(institution);
    entities.flush(); // its line refers to it
    note(institution, What.CREATED, actor, null);
    return new Stands(institution);
  }

  /**
   * Changes how one shows itself.
   *
   * @param versions which of them the caller has seen
   */
  public InstitutionOutcome change(
      Actor actor, String publicId, LongPredicate versions, BrandDraft draft) {
    administrates(actor);
    Optional<Institution> found = find(publicId, LockModeType.PESSIMISTIC_WRITE);
    if (found.isEmpty()) {
      return new Unknown();
    }
    Institution institution = found.get();
    if (!versions.test(institution.version())) {
      return new OtherVersion();
    }
    if (institution.state() == InstitutionState.CLOSED) {
      return new NotPermitted();
    }
    Optional<InstitutionOutcome> fault = fault(draft, institution.id());
    if (fault.isPresent()) {
      return fault.get();
    }
    institution.rebrand(brand(draft));
    note(institution, What.CHANGED, actor, null);
    entities.flush(); // the caller is shown the new version
    return new Stands(institution);
  }

  /** Moves one to a state that may follow. */
  public InstitutionOutcome move(
      Actor actor, String publicId, InstitutionState next, String reason) {
    administrates(actor);
    Optional<Institution> found = find(publicId, LockModeType.PESSIMISTIC_WRITE);
    if (found.isEmpty()) {
      return new Unknown();
    }
    Institution institution = found.get();
    if (!institution.state().permits(next)) {
      return new NotPermitted();
    }
    institution.moveTo(next);
    note(institution, What.valueOf(next.name()), actor, reason);
    entities.flush();
    return new Stands(institution);
  }

  /** One, for the consortium's administrators and auditors. */
  public Optional<Institution> find(Actor actor, String publicId) {
    looksOn(actor);
    return find(publicId, LockModeType.NONE);
  }

  /** Some, oldest first. */
  public Page<Institution> page(Actor actor, Optional<String> after, int limit) {
    looksOn(actor);
    long start =
        cursors
            .position(LIST, after)
            .flatMap(last -> find(last, LockModeType.NONE))
            .map(Institution::id)
            .orElse(0L);
    List<Institution> found =
        entities
            .createNamedQuery("Institution.page", Institution.class)
            .setParameter("after", start)
            .setMaxResults(limit + 1)
            .getResultList();
    return cursors.page(LIST, found, limit, last -> Base64Url.encode(last.publicId()));
  }

  /** What was done to one and to its clients, newest first, 200 lines at most. */
  public Optional<List<InstitutionLine>> lines(Actor actor, String publicId) {
    looksOn(actor);
    return find(publicId, LockModeType.NONE)
        .map(
            institution ->
                entities
                    .createNamedQuery("InstitutionLine.of", InstitutionLine.class)
                    .setParameter("institution", institution.id())
                    .setMaxResults(MAX_LINES)
                    .getResultList());
  }

  /** One that shows itself, to anybody: closed ones do not. */
  public Optional<Institution> shown(String publicId) {
    return find(publicId, LockModeType.NONE)
        .filter(found -> found.state() != InstitutionState.CLOSED);
  }

  private Optional<Institution> find(String publicId, LockModeType lock) {
    byte[] value;
    try {
      value = Base64Url.decode(publicId);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
    return entities
        .createNamedQuery("Institution.byPublicId", Institution.class)
        .setParameter("value", value)
        .setLockMode(lock)
        .getResultStream()
        .findFirst();
  }

  private Optional<InstitutionOutcome> fault(BrandDraft draft, @Nullable Long own) {
    Optional<PublicName> name = LookAlikes.of(draft.name());
    if (name.isEmpty() || isTaken(name.get(), own)) {
      return Optional.of(new NameConfusable());
    }
    if (!Colours.canBeRead(draft.textColour(), draft.backgroundColour())) {
      return Optional.of(new LowContrast());
    }
    byte @Nullable [] logo = draft.logo();
    return logo == null || PngCheck.isLogo(logo)
        ? Optional.empty()
        : Optional.of(new LogoNotValid());
  }

  private boolean isTaken(PublicName name, @Nullable Long own) {
    Turn.INSTITUTION_NAME.await(entities);
    return !entities
        .createNamedQuery("Institution.ofName")
        .setParameter(1, name.lookHash())
        .setParameter(2, name.foldedHash())
        .setParameter(3, own == null ? 0L : own)
        .getResultList()
        .isEmpty();
  }

  private static Brand brand(BrandDraft draft) {
    return new Brand(
        LookAlikes.of(draft.name()).orElseThrow(),
        draft.textColour(),
        draft.backgroundColour(),
        draft.logo(),
        draft.terms());
  }

  private void note(Institution institution, What what, Actor actor, @Nullable String reason) {
    entities.persist(
        new InstitutionLine(institution.id(), null, what, actor.name(), reason, now()));
  }

  private static void administrates(Actor actor) {
    actor.require(Role.ADMINISTRATOR);
    actor.requireConsortium();
  }

  private static void looksOn(Actor actor) {
    actor.require(Role.ADMINISTRATOR, Role.AUDITOR);
    actor.requireConsortium();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
