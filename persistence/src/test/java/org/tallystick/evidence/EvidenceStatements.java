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

  public static String sidesOfInstitution() {
    return TransactionRows.SIDES_OF_INSTITUTION;
  }

  public static String sides() {
    return TransactionRows.SIDES;
  }
}
