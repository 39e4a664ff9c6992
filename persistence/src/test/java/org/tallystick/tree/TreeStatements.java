package org.tallystick.tree;

/** Opens the package's statements to the test of their plans. */
public final class TreeStatements {
  private TreeStatements() {}

  public static String take() {
    return TreeRows.TAKE;
  }

  public static String newest() {
    return TreeRows.NEWEST;
  }

  public static String read() {
    return TreeRows.READ;
  }

  public static String position() {
    return TreeRows.POSITION;
  }
}
