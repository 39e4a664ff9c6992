package org.tallystick.pairing;

/** In what two paired halves disagree: exact, for the log. */
public enum Mismatch {
  /** Different bill hashes. */
  BILL,
  /** Different amounts. */
  AMOUNT,
  /** Different currencies. */
  CURRENCY,
  /** Different purposes. */
  PURPOSE,
  /** The payer means another payee. */
  COUNTERPARTY,
  /** Both halves come from one account. */
  SAME_ACCOUNT
}
