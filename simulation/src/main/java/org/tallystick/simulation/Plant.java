package org.tallystick.simulation;

import java.util.Locale;

/**
 * Bugs that can be switched on, one at a time, to show that the simulation would find them. Each
 * sits in an actor of the simulation; the protocol's code stays as it is.
 */
public enum Plant {
  /** The device sends first and writes afterwards: a crash in between uses n twice. */
  DEVICE_SENDS_BEFORE_WRITE(Property.NUMBERS_UNIQUE),
  /** The device forgets a code as soon as it has left. */
  DEVICE_FORGETS_OUTBOX(Property.ANSWERED),
  /** No look-up among consumed codes, and the key of a used number is kept. */
  BANK_NO_CONSUMED_CHECK(Property.ONE_FINAL),
  /** The answer is sealed anew, with a new alias, whenever somebody asks. */
  BANK_ANSWER_NOT_STORED(Property.SAME_BYTES),
  /** The queue forgets a message before the transaction commits. */
  BANK_ACKS_BEFORE_COMMIT(Property.ANSWERED),
  /** The duplicate sequencer moves on even if the transaction rolls back. */
  BANK_ADVANCES_OUTSIDE_TRANSACTION(Property.ANSWERED),
  /** Keys of numbers passed over are thrown away. */
  NO_SKIPPED_KEYS(Property.ANSWERED),
  /** O9 is left out. */
  NO_PREV_CHECK(Property.FORK_FOUND),
  /** Postings have no key of their own: a decision delivered again posts again. */
  LEDGER_NOT_IDEMPOTENT(Property.LEDGER_BALANCED),
  /** The sweeper ends what it saw waiting a while ago without looking again. */
  EXPIRY_RACES_DECISION(Property.ONE_FINAL),
  /** A half that has run out still pairs until the sweeper comes. */
  LATE_TWIN_PAIRED(Property.NOT_AFTER_HOLDS),
  /** P5 looks whether the first half ran out before the second came, not the other way round. */
  LATE_TWIN_CHECKED_ONE_WAY(Property.NOT_AFTER_HOLDS),
  /** A cancel also ends a slot that was decided. */
  CANCEL_AFTER_DECISION(Property.CANCEL_HOLDS),
  /** Whoever names a slot can cancel it. */
  CANCEL_BY_ANYONE(Property.CANCEL_HOLDS),
  /** A code takes its place in a slot before it has opened. */
  PARK_BEFORE_VERIFY(Property.ONLY_OPENED_PARKS),
  /** P3 does not compare amounts. */
  PAYER_HALF_UNCHECKED_AMOUNT(Property.AMOUNT_AGREED),
  /** The log line stays when its transaction rolls back. */
  LOG_LINE_OUTSIDE_TRANSACTION(Property.LOG_PREFIX),
  /** O12 does not refuse a wrong PIN. */
  WRONG_PIN_MOVES_MONEY(Property.PIN_NEEDED),
  /** P2 the wrong way round: the second half of a role replaces the first. */
  SECOND_ROLE_OVERWRITES_FIRST(Property.ONE_MOVEMENT),
  /** P3 does not look again whether both devices are still good. */
  SUSPENDED_STILL_PAYS(Property.SUSPENDED_MOVES_NOTHING),
  /** R.2: the device sends a rekey first and writes it afterwards. */
  REKEY_SENT_BEFORE_WRITE(Property.NO_FALSE_ALARM),
  /** R3: the reply to a rekey is not kept. */
  STORED_REPLY_NOT_KEPT(Property.NO_FALSE_ALARM),
  /** R.2: a second rekey from the same epoch is granted. */
  CONFLICTING_REKEY_ACCEPTED(Property.ONE_REKEY),
  /** S6: the older epoch is closed at the rekey. */
  OLD_EPOCH_DROPPED_AT_ONCE(Property.ANSWERED),
  /** S6: hints are not looked for in the older epoch. */
  LOOK_UP_IN_NEWEST_ONLY(Property.ANSWERED),
  /** S6, S7: what a code says of the older epoch is not compared. */
  CLOSED_NOT_COMPARED(Property.FORK_FOUND),
  /** O9c is left out. */
  RECOVERY_EPOCH_NOT_CHECKED(Property.RECOVERY_HOLDS),
  /** R6: a challenge from before a restore of the bank is still good. */
  CHALLENGE_OUTLIVES_RESTORE(Property.MEET_AGAIN),
  /** After a restore a device keeps its log where the bank's has more lines. */
  LOG_GOES_BACK_ONLY_IF_LONGER(Property.LOG_PREFIX);

  private final Property foundBy;

  Plant(Property foundBy) {
    this.foundBy = foundBy;
  }

  /** The property that this bug breaks first of all. */
  public Property foundBy() {
    return foundBy;
  }

  /** Name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Plant of a command-line name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Plant of(String label) {
    for (Plant plant : values()) {
      if (plant.label().equals(label)) {
        return plant;
      }
    }
    throw new IllegalArgumentException("no plant of that name: " + label);
  }
}
