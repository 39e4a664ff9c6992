package org.tallystick.evidence;

/** Opens the package's statements to the test of their plans. */
public final class EvidenceStatements {
  private EvidenceStatements() {}

  public static String slots() {
    return TransactionRows.SLOTS;
  }

  public static String halves() {
    return TransactionRows.HALVES;
  }

  public static String sides() {
    return TransactionRows.SIDES;
  }
}
