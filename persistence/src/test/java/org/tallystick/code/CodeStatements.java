package org.tallystick.code;

/** Opens the package's statements to the test of their plans. */
public final class CodeStatements {
  private CodeStatements() {}

  public static String consumedByHash() {
    return ConsumedRows.BY_HASH;
  }

  public static String consumedByNumber() {
    return ConsumedRows.BY_NUMBER;
  }

  public static String batchFacts() {
    return BatchFacts.READ;
  }

  public static String useNumbers() {
    return IssuedNumbers.USE;
  }

  public static String lockUnanswered() {
    return HalfRows.LOCK_UNANSWERED;
  }
}
