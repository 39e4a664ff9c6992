package org.tallystick.simulation;

/** What must hold of every history, however bad the network and the crashes. */
public enum Property {
  /** Each code on a device's disk is answered, or was never opened and is given up for cause. */
  ANSWERED,
  /** Each code gets one final answer, and what the device hears is that one. */
  ONE_FINAL,
  /** At most one movement of money per bill. */
  ONE_MOVEMENT,
  /** Payer and payee both hear APPROVED, or neither does, and money moves exactly then. */
  SIDES_AGREE,
  /** The ledger sums to zero and is what the approved bills say. */
  LEDGER_BALANCED,
  /** The same code gets byte-equal answers. */
  SAME_BYTES,
  /** The bank's log is a chain, one line per final answer, and a device's log its prefix. */
  LOG_PREFIX,
  /** A number stands for one code. */
  NUMBERS_UNIQUE,
  /** After healing device and bank meet and a fresh payment succeeds. */
  MEET_AGAIN,
  /** No suspension without a restored file, a stolen chain, five wrong PINs or too many rekeys. */
  NO_FALSE_ALARM,
  /** No two accepted neighbours belong to different histories. */
  FORK_FOUND,
  /** No money moves by a half with a wrong PIN. */
  PIN_NEEDED,
  /** What moves is the amount in both halves. */
  AMOUNT_AGREED,
  /** No half pairs with one that came after it had run out. */
  NOT_AFTER_HOLDS,
  /** No money moves for a suspended device. */
  SUSPENDED_MOVES_NOTHING,
  /** What the bank calls cancelled moves nothing, and only the payee cancels. */
  CANCEL_HOLDS,
  /** Only an opened half keeps another from its place. */
  ONLY_OPENED_PARKS,
  /** From an epoch at most one other is made. */
  ONE_REKEY,
  /** A code of an epoch from before a restore of the bank moves nothing after it. */
  RECOVERY_HOLDS,
  /** No actor fails by itself. */
  NO_EXCEPTION
}
