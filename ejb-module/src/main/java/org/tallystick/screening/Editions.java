package org.tallystick.screening;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.screening.LoadOutcome.InForce;
import org.tallystick.screening.LoadOutcome.Loaded;
import org.tallystick.screening.LoadOutcome.Refused;
import org.tallystick.screening.LoadOutcome.Shrunk;
import org.tallystick.screening.list.ListFormat;

/** The editions of lists that were loaded. */
@Stateless
public class Editions {
  /** Lists that a bank may have, so that a party's row names them all. */
  static final int MOST_LISTS = 10;

  private static final int LEAST_PERCENT = 80;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Clock clock;

  /**
   * Puts a list that was read in force.
   *
   * @param zip its files
   * @param shrinkReason why it may be much shorter than the one in force, or null where it may not
   */
  public LoadOutcome store(
      String actor,
      ListFormat format,
      TargetList list,
      byte[] sha256,
      byte[] zip,
      @Nullable String shrinkReason) {
    ScreeningTarget target = locked();
    Optional<ScreeningEdition> before = current(list.name());
    if (before.filter(edition -> Arrays.equals(edition.sha256(), sha256)).isPresent()) {
      confirm(list.name(), actor);
      return new InForce(before.get());
    }
    if (before.isEmpty() && inForce().size() >= MOST_LISTS) {
      return new Refused("the bank has " + MOST_LISTS + " lists, which is the most");
    }
    int entries = list.entities().size();
    int names = list.entities().stream().mapToInt(entity -> entity.names().size()).sum();
    if (before.isPresent()
        && shrinkReason == null
        && (tooFew(entries, before.get().entries()) || tooFew(names, before.get().names()))) {
      return new Shrunk(before.get().names(), names);
    }
    ScreeningEdition edition =
        new ScreeningEdition(
            list.name(),
            format.name(),
            target.begin(),
            sha256,
            entries,
            names,
            actor,
            shrinkReason,
            OffsetDateTime.now(clock));
    entities.persist(edition);
    entities.persist(new ScreeningEditionContent(edition.id(), zip));
    confirm(list.name(), actor);
    return new Loaded(edition);
  }

  private void confirm(String list, String actor) {
    OffsetDateTime now = OffsetDateTime.now(clock);
    ScreeningConfirmation given = entities.find(ScreeningConfirmation.class, list);
    if (given == null) {
      entities.persist(new ScreeningConfirmation(list, actor, now));
    } else {
      given.again(actor, now);
    }
  }

  private static boolean tooFew(int given, int before) {
    return given * 100L < (long) before * LEAST_PERCENT;
  }

  /** The newest edition of each list that is in force. */
  public List<ScreeningEdition> inForce() {
    return entities
        .createNamedQuery("ScreeningEdition.inForce", ScreeningEdition.class)
        .getResultList();
  }

  /** The files of an edition. */
  public byte[] zip(ScreeningEdition edition) {
    return entities.find(ScreeningEditionContent.class, edition.id()).zip();
  }

  /** What everybody is to be screened against now, by this version of the engine or a newer one. */
  public ScreeningTarget target(int engine) {
    ScreeningTarget target = target();
    if (target.engine() < engine) {
      target = locked();
      target.engineIs(engine);
    }
    return target;
  }

  /** What everybody is to be screened against now. */
  public ScreeningTarget target() {
    return entities.find(ScreeningTarget.class, ScreeningTarget.ID);
  }

  private ScreeningTarget locked() {
    ScreeningTarget target =
        entities.find(ScreeningTarget.class, ScreeningTarget.ID, LockModeType.PESSIMISTIC_WRITE);
    entities.refresh(target);
    return target;
  }

  /** The edition of a list that is in force, if one is. */
  public Optional<ScreeningEdition> current(String list) {
    return entities
        .createNamedQuery("ScreeningEdition.inForceOfList", ScreeningEdition.class)
        .setParameter("list", list)
        .getResultStream()
        .findFirst();
  }

  /** The same with the target's row locked, so that no other edition can come meanwhile. */
  public Optional<ScreeningEdition> currentLocked(String list) {
    locked();
    return current(list);
  }

  /** Takes an edition, as {@link #currentLocked} found it, out of force. */
  public void retire(
      ScreeningEdition edition, ScreeningRetirementProposal proposal, String approvedBy) {
    entities.persist(
        new ScreeningRetirement(proposal, locked().begin(), approvedBy, OffsetDateTime.now(clock)));
    entities.remove(proposal);
    entities.remove(entities.find(ScreeningConfirmation.class, edition.list()));
  }
}
