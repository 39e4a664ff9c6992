package org.tallystick.simulation;

/** Steps that an actor may take; a run that never takes one of them has shown nothing about it. */
public enum Transition {
  /** Payee: bill and half in one write. */
  BILL_MADE,
  /** Payer: half made. */
  HALF_MADE,
  /** Payee: cancel made. */
  CANCEL_MADE,
  /** Code sent for the first time. */
  CODE_SENT,
  /** The same code sent again. */
  CODE_RESENT,
  /** Device asks for its answer. */
  POLLED,
  /** A1 to A6: final answer taken. */
  ANSWER_TAKEN,
  /** An answer that the device has already. */
  ANSWER_REPEATED,
  /** A1 or A2 does not hold. */
  ANSWER_BROKEN,
  /** A3: this number was used by another history. */
  ANSWER_OF_OTHER_HISTORY,
  /** A5: line appended. */
  LOG_EXTENDED,
  /** A5: line kept until the ones before it come. */
  LOG_BUFFERED,
  /** After two days without an answer the device stops asking. */
  GAVE_UP,
  /** A device starts again from its file. */
  DEVICE_BOOTED,
  /** The bank starts again from its store. */
  BANK_BOOTED,
  /** A message reached an actor that was down. */
  MISSED,
  /** Code on disk, 202. */
  ACCEPTED,
  /** O1 fails. */
  DROPPED_O1,
  /** O2 fails. */
  DROPPED_O2,
  /** O3: known, no answer yet. */
  REPEATED_PENDING,
  /** O3: known, stored answer again. */
  REPEATED_ANSWERED,
  /** O4 fails. */
  DROPPED_O4,
  /** O5 fails. */
  DROPPED_O5,
  /** O7 fails: suspended. */
  COMPROMISED_O7,
  /** O9 fails: suspended. */
  FORK_O9,
  /** O4 to O9 hold, n was the next one. */
  OPENED_NEXT,
  /** O4 to O9 hold, numbers were passed over. */
  OPENED_AHEAD,
  /** O4 to O9 hold, by a skipped key. */
  OPENED_SKIPPED,
  /** O10: device not active. */
  REFUSED_DEVICE,
  /** O11: late. */
  REFUSED_LATE,
  /** O12: wrong PIN. */
  REFUSED_PIN,
  /** Fifth wrong PIN in a row. */
  SUSPENDED_BY_PINS,
  /** P1: first half of a slot. */
  PARKED,
  /** P1: second half of a slot. */
  PAIRED,
  /** P2: role taken. */
  ROLE_TAKEN,
  /** P2: eight open halves. */
  TOO_MANY_OPEN,
  /** P2: five failed payer halves. */
  BILL_EXHAUSTED,
  /** P4: money moves. */
  APPROVED,
  /** P3: halves disagree. */
  DECLINED_MISMATCH,
  /** P3: a device was suspended meanwhile. */
  DECLINED_SUSPENDED,
  /** P4: no funds. */
  DECLINED_FUNDS,
  /** A decision delivered again, or for a slot that has ended. */
  DECISION_REPEATED,
  /** P5: swept. */
  EXPIRED,
  /** P5: the twin comes before the sweeper, but too late. */
  EXPIRED_BY_TWIN,
  /** P5: twin of an expired half. */
  CAME_AFTER_EXPIRY,
  /** P6: cancel takes effect. */
  CANCELLED,
  /** P6: half for a cancelled slot. */
  CAME_AFTER_CANCEL,
  /** P6: cancel of something decided or ended. */
  CANCEL_TOO_LATE,
  /** P6: cancel of a slot that is not the sender's. */
  CANCEL_NOT_OWN,
  /** P6: cancel that overtook its half. */
  CANCEL_TOO_EARLY,
  /** Pick-up finds the answer. */
  PICKUP_FINAL,
  /** Pick-up finds nothing yet. */
  PICKUP_PENDING,
  /** Fresh payment after healing. */
  FRESH_PAYMENT
}
