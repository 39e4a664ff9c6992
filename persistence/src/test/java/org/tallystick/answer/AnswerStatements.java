package org.tallystick.answer;

/** Opens the package's statements to the test of their plans. */
public final class AnswerStatements {
  private AnswerStatements() {}

  public static String forgetProgress() {
    return ProgressRows.FORGET;
  }

  public static String byPickup() {
    return AnswerRows.BY_PICKUP;
  }

  public static String byCode() {
    return AnswerRows.BY_CODE;
  }

  public static String answered() {
    return AnswerRows.ANSWERED;
  }
}
