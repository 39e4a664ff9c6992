package org.tallystick.pairing;

/** In what two paired halves disagree: exact, for the log. */
public enum Mismatch {
  /** Different bill hashes. */
  BILL,
  /** Different amounts, the tip left out (L1). */
  AMOUNT,
  /** A tip that was not asked for, or above the highest one (L1). */
  TIP,
  /** Different hold or further charges (L2). */
  LIMITS,
  /** Different documents (L3). */
  CONTENT,
  /** Consent beyond what was asked (L4). */
  CONSENT,
  /** One side in terms mode (L5). */
  TERMS,
  /** Different currencies. */
  CURRENCY,
  /** Different purposes. */
  PURPOSE,
  /** The payer means another payee. */
  COUNTERPARTY,
  /** Both halves come from one account. */
  SAME_ACCOUNT
}
