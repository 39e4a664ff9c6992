package org.tallystick.party;

import java.util.Optional;

/** What name screening has to say before a party is found good. */
public interface ScreeningGate {
  /** Why nobody may approve. */
  enum Obstacle {
    /** A name may be a listed one, and nobody has decided on that. */
    OPEN_HITS,
    /** No list is loaded, so nothing was screened. */
    NO_LIST
  }

  /** What stands against approving this party now; empty where nothing does. */
  Optional<Obstacle> obstacle(long partyId);
}
