package org.tallystick.party;

import java.util.Optional;

/** What name screening has to say before a party is found good. */
public interface ScreeningGate {
  /** Why nobody may approve. */
  enum Obstacle {
    /** A name may be a listed one, and nobody has decided on that. */
    OPEN_HITS,
    /** No list is loaded, so nothing was screened. */
    NO_LIST,
    /** A list that the bank requires was never loaded. */
    LIST_MISSING,
    /** Nobody has given the bank a list that it requires for too long. */
    LIST_STALE,
    /** The party was not screened yet since a list or what it says of itself has changed. */
    NOT_SCREENED
  }

  /**
   * A party, whose row is locked, has submitted what it says of itself.
   *
   * @return whether it is screened already; otherwise {@link Submissions#screened} is called once
   *     it is
   */
  boolean submitted(Party party);

  /** What stands against approving this party now; empty where nothing does. */
  Optional<Obstacle> obstacle(long partyId);
}
