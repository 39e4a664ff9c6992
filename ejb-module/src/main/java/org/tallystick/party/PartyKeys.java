package org.tallystick.party;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.PersonalKey;

/**
 * The keys of parties: whatever is kept of a party in secret is sealed under its own, which is
 * sealed under the vault's. A transaction reads a party's row here once at most, since the entity
 * manager keeps it.
 */
@Stateless
public class PartyKeys {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject KeyVault vault;

  /**
   * The key of a party.
   *
   * @throws PartyKeyGoneException if the party was erased
   */
  public PersonalKey of(Party party) {
    PartyKey key = entities.find(PartyKey.class, party.id());
    if (key == null) {
      throw new IllegalStateException("a party without a key");
    }
    byte[] sealed = key.keySealed().orElseThrow(PartyKeyGoneException::new);
    return vault
        .personalKey()
        .under(sealed, SealContext.partyKey(party.identifiers().registration()));
  }

  /**
   * The same by the internal number.
   *
   * @throws PartyKeyGoneException if the party was erased
   */
  public PersonalKey of(long partyId) {
    Party party = entities.find(Party.class, partyId);
    if (party == null) {
      throw new IllegalStateException("a key of nobody");
    }
    return of(party);
  }
}
