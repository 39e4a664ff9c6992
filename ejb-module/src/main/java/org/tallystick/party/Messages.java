package org.tallystick.party;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** What the bank has told a party. */
@Stateless
public class Messages {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  /** The oldest first, from the one at {@code from} on. */
  public List<PartyMessage> of(Party party, int from, int limit) {
    return entities
        .createNamedQuery("PartyMessage.ofParty", PartyMessage.class)
        .setParameter("party", party.id())
        .setFirstResult(from)
        .setMaxResults(limit)
        .getResultList();
  }
}
