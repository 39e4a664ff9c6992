package org.tallystick.turn;

import jakarta.persistence.EntityManager;

/**
 * What one transaction does after the other, on all nodes: each looks whether something is there
 * yet and then writes it, and two that look at once would both see nothing. A unique index stands
 * behind each; without a turn the second would end as a fault rather than as a refusal.
 */
public enum Turn {
  /** The very first account of the staff. */
  FIRST_ACCOUNT(0x7461_6C79),
  /** Whatever makes the administrators fewer. */
  ADMINISTRATORS(0x7461_6C7A),
  /** A name of the staff. */
  STAFF_NAME(0x7461_6C7B),
  /** The name of an institution. */
  INSTITUTION_NAME(0x7461_6C7C),
  /** The name of a partner bank's program. */
  CLIENT_NAME(0x7461_6C7D),
  /** The public name of a provider that is to take part. */
  PUBLIC_NAME(0x7461_6C7E),
  /** Exports that are opened, since they are counted. */
  EXPORTS(0x7461_6C7F);

  private final int lock;

  Turn(int lock) {
    this.lock = lock;
  }

  /** Waits until no other transaction has it, and keeps it until this one ends. */
  public void await(EntityManager entities) {
    entities
        .createNativeQuery("select pg_advisory_xact_lock(?)::text")
        .setParameter(1, lock)
        .getSingleResult();
  }
}
