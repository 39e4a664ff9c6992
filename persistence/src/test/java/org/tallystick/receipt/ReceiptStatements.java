package org.tallystick.receipt;

/** Opens the package's statements to the test of their plans. */
public final class ReceiptStatements {
  private ReceiptStatements() {}

  public static String ofInstitution() {
    return ReceiptRows.OF_INSTITUTION;
  }

  public static String byNumber() {
    return ReceiptRows.BY_NUMBER;
  }
}
