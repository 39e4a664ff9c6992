package org.tallystick.notice;

/** Opens the package's statements to the test of their plans. */
public final class NoticeStatements {
  private NoticeStatements() {}

  public static String take() {
    return NoticeRows.TAKE;
  }
}
