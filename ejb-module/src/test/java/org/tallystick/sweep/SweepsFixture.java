package org.tallystick.sweep;

import org.tallystick.party.BackOffice;

/** The sweeps wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class SweepsFixture {
  private SweepsFixture() {}

  public static Sweeps over(BackOffice office) {
    Sweeps sweeps = new Sweeps();
    sweeps.entities = office.entities;
    sweeps.clock = office.clock;
    return sweeps;
  }
}
