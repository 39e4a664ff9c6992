package org.tallystick.party;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import org.tallystick.codec.Base64Url;
import org.tallystick.page.Cursors;
import org.tallystick.page.Page;

/** What the bank has told a party. */
@Stateless
public class Messages {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Cursors cursors;

  /** The oldest first; {@code after} is the cursor of the page before. */
  public Page<PartyMessage> of(Party party, Optional<String> after, int limit) {
    return cursors.page(
        "messages/" + Base64Url.encode(party.identifiers().registration()),
        after,
        limit,
        entities
            .createNamedQuery("PartyMessage.ofParty", PartyMessage.class)
            .setParameter("party", party.id()));
  }
}
