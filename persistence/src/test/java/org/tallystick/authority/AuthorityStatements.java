package org.tallystick.authority;

/** Opens the package's statements to the test of their plans. */
public final class AuthorityStatements {
  private AuthorityStatements() {}

  public static String find() {
    return AuthorityRows.FIND;
  }

  public static String lockByKey() {
    return AuthorityRows.LOCK_BY_KEY;
  }

  public static String lock() {
    return AuthorityRows.LOCK;
  }

  public static String lockOverdue() {
    return AuthorityRows.LOCK_OVERDUE;
  }
}
