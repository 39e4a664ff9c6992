package org.tallystick.wallet;

/** Opens the package's statements to the test of their plans. */
public final class WalletStatements {
  private WalletStatements() {}

  public static String spent() {
    return SpentRows.READ;
  }

  public static String spentOfAccount() {
    return SpentRows.OF_ACCOUNT;
  }
}
