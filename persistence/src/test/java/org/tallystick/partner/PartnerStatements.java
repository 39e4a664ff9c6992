package org.tallystick.partner;

/** Opens the package's statements to the test of their plans. */
public final class PartnerStatements {
  private PartnerStatements() {}

  public static String prover() {
    return PartnerRows.PROVER;
  }

  public static String byToken() {
    return PartnerRows.BY_TOKEN;
  }

  public static String expiredAssertions() {
    return PartnerRows.EXPIRED_ASSERTIONS;
  }

  public static String expiredTokens() {
    return PartnerRows.EXPIRED_TOKENS;
  }

  public static String tokensOfClient() {
    return PartnerRows.TOKENS_OF_CLIENT;
  }
}
