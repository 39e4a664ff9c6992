package org.tallystick.party;

/** Puts another gate before a back office's beans. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class Gates {
  private Gates() {}

  public static void put(BackOffice office, ScreeningGate gate) {
    office.submissions.screening = gate;
    office.decisions.screening = gate;
  }
}
