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
  FRESH_PAYMENT,
  /** R.2: pending rekey on the device's disk. */
  REKEY_BEGUN,
  /** R: the same request again. */
  REQUEST_RESENT,
  /** R11: fresh epoch on the device's disk. */
  REKEYED,
  /** R8 to R10 do not hold. */
  REPLY_BROKEN,
  /** A reply that nobody waits for any more. */
  REPLY_REPEATED,
  /** R6: the device hears of it and makes a new request. */
  CHALLENGE_TOO_OLD,
  /** R7: status 2, the device drops its rekey. */
  REKEY_REFUSED,
  /** R1 fails. */
  REQUEST_MALFORMED,
  /** R2, R4 or R5 fails: bytes that look like a reply. */
  REQUEST_UNOPENED,
  /** R2: rekey of a suspended device. */
  REQUEST_OF_SUSPENDED,
  /** R3: stored reply again. */
  REPLY_STORED_SENT,
  /** R6 fails. */
  CHALLENGE_REFUSED,
  /** R7: fresh epoch at the bank. */
  REKEY_GRANTED,
  /** R.2: another rekey from the same epoch: suspended. */
  REKEY_CONFLICT,
  /** R.2: a fourth rekey in a day that was not due: suspended. */
  REKEY_TOO_OFTEN,
  /** S6: code of the older epoch after the rekey, before the first of the newer. */
  OPENED_OLDER_EPOCH,
  /** S6: code of the older epoch by a skipped key after it was closed. */
  OPENED_CLOSED_EPOCH,
  /** S6: first code of the newer epoch. */
  EPOCH_CLOSED,
  /** The bank's tables were copied. */
  BANK_BACKED_UP,
  /** O9c: code of an epoch from before the restore. */
  REKEY_FIRST_O9C,
  /** The device hears reason 7. */
  REKEY_ASKED_BY_BANK,
  /** The device sees a higher recovery epoch in the key set. */
  RESTORE_NOTICED,
  /** An answer that is asked for again after the rekey. */
  ANSWER_PUT_OFF,
  /** A5: line of a log that the bank has lost. */
  ANSWER_OF_LOST_LOG,
  /** R, kind 1: the device asks. */
  STATUS_ASKED,
  /** R, kind 1: the bank tells. */
  STATUS_TOLD,
  /** R, kind 3: the device asks for lines that no answer brings. */
  LOG_ASKED,
  /** R, kind 3: the bank tells. */
  LOG_TOLD,
  /** A5: lines that were fetched. */
  LOG_FETCHED,
  /** After a restore the bank's log is the device's. */
  LOG_KEPT,
  /** After a restore the device goes on from the bank's log. */
  LOG_ADOPTED,
  /** R.2: a device that finds itself beside the bank asks for a fresh epoch. */
  RESYNCHRONISED,
  /** R.2: the bank lost the device's epoch, the device rekeys from the one before. */
  FELL_BACK
}
