package org.tallystick.party;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.tallystick.turn.Turn;

/** The public names of providers that take part, are about to, or may come back. */
final class PublicNames {
  private final EntityManager entities;

  PublicNames(EntityManager entities) {
    this.entities = entities;
  }

  /** Applications do not count: nobody keeps a name from its owner by applying under it. */
  boolean isTaken(PublicName name) {
    return !holders(name).isEmpty();
  }

  /** Whether one has it that is not this party; nobody else can take it until this is done. */
  boolean isAnothers(PublicName name, Party party) {
    Turn.PUBLIC_NAME.await(entities);
    return holders(name).stream().anyMatch(holder -> holder.longValue() != party.id());
  }

  private List<Number> holders(PublicName name) {
    List<?> found =
        entities
            .createNamedQuery("Party.ofPublicName")
            .setParameter(1, name.lookHash())
            .setParameter(2, name.foldedHash())
            .getResultList();
    return found.stream().map(Number.class::cast).toList();
  }
}
