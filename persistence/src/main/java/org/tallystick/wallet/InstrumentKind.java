package org.tallystick.wallet;

/** What an instrument is. */
public enum InstrumentKind {
  ACCOUNT,
  CARD
}
