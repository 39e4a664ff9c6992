package org.tallystick.keys;

import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;

/** The key set bean wired by hand, with a key set of its own vault published. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class KeySetsFixture {
  private KeySetsFixture() {}

  public static KeySets over(BackOffice office, Bank bank) {
    KeySets keySets = new KeySets();
    keySets.entities = office.entities;
    keySets.bank = bank;
    keySets.vault = office.vault;
    keySets.clock = office.clock;
    Server.inTransaction(
        office.entities,
        () -> {
          // each test has a vault of its own, so what another's root signed goes out of the way
          office.entities.createNativeQuery("delete from bank_key_set").executeUpdate();
          keySets.publish();
          return true;
        });
    return keySets;
  }
}
