package org.tallystick.enrolment;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The enrolments in the database, inside the caller's transaction. */
public final class EnrolmentRegister {
  private final EntityManager entities;

  /** Works through an entity manager. */
  public EnrolmentRegister(EntityManager entities) {
    this.entities = entities;
  }

  /** Keeps a new one. */
  public void add(Enrolment enrolment) {
    entities.persist(enrolment);
  }

  /** The enrolment with an id, 16 bytes. */
  public Optional<Enrolment> find(byte[] id) {
    @Nullable Enrolment found = entities.find(Enrolment.class, id);
    return Optional.ofNullable(found);
  }

  /** The enrolment with an id, locked. */
  public Optional<Enrolment> lock(byte[] id) {
    @Nullable Enrolment found = entities.find(Enrolment.class, id, LockModeType.PESSIMISTIC_WRITE);
    return Optional.ofNullable(found);
  }

  /** The one that a party may still use, or that nobody has closed yet. */
  public Optional<Enrolment> openOfParty(long partyId) {
    return entities
        .createNamedQuery("Enrolment.openOfParty", Enrolment.class)
        .setParameter("party", partyId)
        .getResultStream()
        .findFirst();
  }

  /** Ids of those that are over and still open, the oldest first. */
  public List<byte[]> overdue(OffsetDateTime now, int limit) {
    return entities
        .createNamedQuery("Enrolment.overdue", byte[].class)
        .setParameter("now", now)
        .setMaxResults(limit)
        .getResultList();
  }

  /** The allowance of a party that has not been used. */
  public Optional<ActivationAllowance> unusedAllowance(long partyId) {
    return entities
        .createNamedQuery("ActivationAllowance.unused", ActivationAllowance.class)
        .setParameter("party", partyId)
        .getResultStream()
        .findFirst();
  }

  /** Keeps a new allowance. */
  public void add(ActivationAllowance allowance) {
    entities.persist(allowance);
  }
}
