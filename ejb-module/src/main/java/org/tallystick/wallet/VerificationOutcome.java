package org.tallystick.wallet;

import java.time.YearMonth;

/** What became of a wish to prove that an instrument is the party's own. */
public sealed interface VerificationOutcome {
  /** So it stands. */
  record Standing(VerificationView view) implements VerificationOutcome {}

  /** The wallet has no such instrument. */
  record NotThere() implements VerificationOutcome {}

  /** The party's registration is not active. */
  record NotActive() implements VerificationOutcome {}

  /** Too many micro-deposits were ordered. */
  record Exhausted() implements VerificationOutcome {}

  /** There is nothing to confirm: not paid out yet, or over. */
  record NotOpen() implements VerificationOutcome {}

  /** These are not the amounts; it has failed where no try is left. */
  record WrongAmounts(int triesLeft) implements VerificationOutcome {}

  /** The card's issuer cannot be asked; nothing has changed. */
  record IssuerNotReachable() implements VerificationOutcome {}

  /** The card's issuer does not know it as good. */
  record CardRefused() implements VerificationOutcome {}

  /** The issuer is to be asked about a card. */
  record CardToAsk(Pan pan, YearMonth expiry) implements VerificationOutcome {}
}
