package org.tallystick.authority;

import org.tallystick.party.BackOffice;

/** The giving back of holds, wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class HoldReleasesFixture {
  private HoldReleasesFixture() {}

  public static HoldReleases over(BackOffice office) {
    HoldReleases holds = new HoldReleases();
    holds.entities = office.entities;
    holds.ledger = office.ledger;
    holds.clock = office.clock;
    return holds;
  }
}
