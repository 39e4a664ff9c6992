package org.tallystick.simulation;

/** What the seed may do to the actors. */
public enum Fault {
  /** A message vanishes. */
  MESSAGE_LOST,
  /** A message arrives twice. */
  MESSAGE_DUPLICATED,
  /** A message takes up to three minutes. */
  MESSAGE_DELAYED,
  /** A message overtook an earlier one on its link. */
  MESSAGE_REORDERED,
  /** A message changes in one place. */
  BYTE_FLIPPED,
  /** A device dies before a durable write: nothing of it stays. */
  DEVICE_CRASH_BEFORE_WRITE,
  /** A device dies after a durable write, before any byte leaves. */
  DEVICE_CRASH_AFTER_WRITE,
  /** A device is off for two days. */
  DEVICE_AWAY,
  /** A device goes on from an old copy of its file. */
  DEVICE_RESTORED,
  /** A thief has the chain but not the signing key. */
  CHAIN_STOLEN,
  /** A device's clock is wrong by up to two minutes. */
  CLOCK_SKEWED,
  /** A person types a wrong PIN. */
  PIN_WRONG,
  /** A payer's device states another amount than the bill. */
  AMOUNT_ALTERED,
  /** The payee withdraws. */
  CANCELLED_BY_PAYEE,
  /** A payee tries to cancel somebody else's transaction. */
  CANCELLED_BY_STRANGER,
  /** Two codes for one bill from the payers' side. */
  BILL_PAID_TWICE,
  /** A payer comes after the payee's half has run out, or never. */
  TWIN_LATE_OR_NEVER,
  /** The bank dies before code or wish is on disk. */
  BANK_CRASH_BEFORE_INGRESS,
  /** The bank dies before a commit: the transaction rolls back. */
  BANK_CRASH_BEFORE_COMMIT,
  /** The bank dies after a commit, before the message is acknowledged. */
  BANK_CRASH_BEFORE_ACKNOWLEDGE,
  /** The bank dies after the acknowledgement, before the answer leaves. */
  BANK_CRASH_AFTER_ACKNOWLEDGE,
  /** The queue delivers a message again without any crash. */
  QUEUE_REDELIVERED,
  /** A message waits in the queue for up to a minute. */
  QUEUE_SLOW,
  /** The bank dies with a request handled and not committed. */
  BANK_CRASH_BEFORE_REKEY_COMMIT,
  /** The bank dies after the commit of a request, before the reply leaves. */
  BANK_CRASH_BEFORE_REPLY,
  /** A device asks for a fresh epoch though none is due. */
  REKEY_NOT_DUE,
  /** A device goes on from a copy of its file that was made before or in a rekey. */
  RESTORED_ACROSS_REKEY,
  /** A copy of the device rekeys on its own. */
  CLONE_REKEYS,
  /** The bank's store goes back to a backup; commits that were acknowledged are lost. */
  BANK_RESTORED,
  /** Somebody sends again whatever he overheard before the restore. */
  STRANGER_REPEATS
}
