package org.tallystick.privacy;

/** Statements of this package, for the test of query plans. */
public final class PrivacyStatements {
  private PrivacyStatements() {}

  /** Those that may be erased, of one institution or of all, with values in place. */
  public static String due(String institution) {
    String branch = "now(),now(),5," + institution + "," + institution + ",51";
    String statement = ErasureStatements.DUE;
    for (String value : (branch + "," + branch + ",51").split(",")) {
      statement = statement.replaceFirst("\\?", value);
    }
    return statement;
  }
}
