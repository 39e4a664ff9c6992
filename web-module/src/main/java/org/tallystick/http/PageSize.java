package org.tallystick.http;

/** How many items of a page a client asks for. */
public final class PageSize {
  private static final int MOST = 200;

  private PageSize() {}

  /**
   * From 1; more than 200 are 200.
   *
   * @throws PageSizeRefusedException for anything else; clients see the problem bad-request
   */
  public static int of(String text) {
    if (!text.matches("[1-9][0-9]{0,2}")) {
      throw new PageSizeRefusedException();
    }
    return Math.min(MOST, Integer.parseInt(text));
  }
}
