package org.tallystick.authority;

/** Why a use does not fit its authority: exact, for the log. */
public enum Misfit {
  /** It has ended, or its charges were revoked. */
  OVER,
  /** A charge of a hold, or the completion of charges. */
  PURPOSE,
  /** Another currency than the purchase's. */
  CURRENCY,
  /** After its time. */
  TIME,
  /** Above the limit, or a charge of nothing. */
  AMOUNT,
  /** All charges are used up. */
  COUNT,
  /** Too soon after the movement before. */
  INTERVAL
}
