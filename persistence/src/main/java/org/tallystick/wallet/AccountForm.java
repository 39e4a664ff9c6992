package org.tallystick.wallet;

/** How an account at another bank is written. */
public enum AccountForm {
  /** ISO 13616. */
  IBAN,
  /** Routing number and account number, as in the United States. */
  US
}
