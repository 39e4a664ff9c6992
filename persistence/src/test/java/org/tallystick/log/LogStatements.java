package org.tallystick.log;

/** Opens the package's statements to the test of their plans. */
public final class LogStatements {
  private LogStatements() {}

  public static String page() {
    return LogRows.PAGE;
  }
}
