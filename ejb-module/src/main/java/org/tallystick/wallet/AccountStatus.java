package org.tallystick.wallet;

/** What an issuer says to an inquiry about a card. */
public enum AccountStatus {
  /** The card is good. */
  VERIFIED,
  /** There is no such card, or it is not good. */
  NOT_VERIFIED,
  /** The issuer cannot be asked, or did not answer in time. */
  UNREACHABLE
}
