package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/** Tells the staff how screening stands. */
@Stateless
public class Overviews {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Editions editions;
  @EJB Standings standings;
  @EJB Retirements retirements;
  @Inject EngineHolder holder;

  /** How it stands on this node, now; for the consortium's staff, for it counts all parties. */
  public ScreeningOverview now(Actor actor) {
    actor.requireConsortium();
    actor.require(Role.CLERK, Role.APPROVER, Role.ADMINISTRATOR, Role.AUDITOR);
    ScreeningTarget target = editions.target();
    long waiting =
        ((Number)
                entities
                    .createNamedQuery("ScreeningRun.waiting")
                    .setParameter(1, target.generation())
                    .getSingleResult())
            .longValue();
    long openHits = entities.createNamedQuery("ScreeningHit.open", Long.class).getSingleResult();
    List<ScreeningEdition> inForce = editions.inForce();
    return new ScreeningOverview(
        holder.of(target).isPresent(),
        inForce,
        standings.all(),
        inForce.stream().map(retirements::open).flatMap(Optional::stream).toList(),
        waiting,
        openHits);
  }
}
