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

  public static String slotsOfInstitution() {
    return TransactionRows.SLOTS_OF_INSTITUTION;
  }

  public static String halvesOfInstitution() {
    return TransactionRows.HALVES_OF_INSTITUTION;
  }

  public static String foreignSides() {
    return TransactionRows.FOREIGN_SIDES;
  }

  public static String sides() {
    return TransactionRows.SIDES;
  }
}
