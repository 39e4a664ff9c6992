package org.tallystick.wallet;

/** What an instrument is. */
public enum InstrumentKind {
  /** A deposit account of the consortium. */
  ACCOUNT,
  /** A card, of whichever issuer. */
  CARD,
  /** An account at a bank outside the consortium. */
  EXTERNAL
}
