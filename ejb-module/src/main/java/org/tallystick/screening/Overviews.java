package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.jspecify.annotations.Nullable;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/** Tells the staff how screening stands. */
@Stateless
public class Overviews {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Editions editions;
  @Inject EngineHolder holder;

  /** How it stands on this node, now. */
  public ScreeningOverview now(Actor actor) {
    actor.require(Role.CLERK, Role.APPROVER, Role.ADMINISTRATOR, Role.AUDITOR);
    ScreeningTarget target = editions.target();
    @Nullable Long waiting = null;
    @Nullable Long openHits = null;
    if (actor.institution() == null) {
      waiting =
          ((Number)
                  entities
                      .createNamedQuery("ScreeningRun.waiting")
                      .setParameter(1, target.generation())
                      .getSingleResult())
              .longValue();
      openHits =
          entities.createNamedQuery("ScreeningHit.open", Long.class).getSingleResult();
    }
    return new ScreeningOverview(
        holder.of(target).isPresent(), editions.inForce(), waiting, openHits);
  }
}
