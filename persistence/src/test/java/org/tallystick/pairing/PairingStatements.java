package org.tallystick.pairing;

/** Opens the package's statements to the test of their plans. */
public final class PairingStatements {
  private PairingStatements() {}

  public static String lockByKey() {
    return SlotRows.LOCK_BY_KEY;
  }
}
