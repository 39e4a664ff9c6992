package org.tallystick.device.state;

import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Answer;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseSign1;
import org.tallystick.log.LogLine;

/**
 * A half that has ended, with all that the party needs as its own evidence.
 *
 * @param epoch of the sequencer
 * @param n sequencer number
 * @param number transaction number, text
 * @param role payer or payee
 * @param purpose purchase or cancel
 * @param ending how it ended
 * @param reason coarse
 * @param receipt COSE_Sign1 by the bank, or null where there is none
 * @param half COSE_Sign1 by this device
 * @param account clear account field, which the half's signature covers
 * @param codeHash 32 bytes
 * @param bill as encoded, or null where there is none
 * @param line of the device's log, or null without an answer
 * @param timeMillis bank clock; the device's without an answer
 * @param presence number that both sides show, 0 to 999, or null
 * @param secondReceipt COSE_Sign1 by ML-DSA-65 in suite 2, or null
 */
public record FinishedEntry(
    long epoch,
    long n,
    String number,
    Role role,
    Purpose purpose,
    Ending ending,
    ReasonClass reason,
    byte @Nullable [] receipt,
    byte[] half,
    String account,
    byte[] codeHash,
    byte @Nullable [] bill,
    @Nullable LogLine line,
    long timeMillis,
    @Nullable Integer presence,
    byte @Nullable [] secondReceipt) {

  /** A half that has ended. */
  public static FinishedEntry of(
      OutboxEntry entry,
      Ending ending,
      ReasonClass reason,
      byte @Nullable [] receipt,
      @Nullable LogLine line,
      long timeMillis) {
    return new FinishedEntry(
        entry.epoch(),
        entry.n(),
        entry.number(),
        entry.role(),
        entry.purpose(),
        ending,
        reason,
        receipt,
        entry.half(),
        entry.account(),
        entry.codeHash(),
        entry.bill(),
        line,
        timeMillis,
        null,
        null);
  }

  /** A half that ended with the bank's answer. */
  public static FinishedEntry of(OutboxEntry entry, Answer answer) {
    return new FinishedEntry(
        entry.epoch(),
        entry.n(),
        entry.number(),
        entry.role(),
        entry.purpose(),
        Ending.of(answer.outcome()),
        answer.reason(),
        answer.receipt(),
        entry.half(),
        entry.account(),
        entry.codeHash(),
        entry.bill(),
        answer.line(),
        answer.timeMillis(),
        answer.presence(),
        answer.secondReceipt());
  }

  /** What the party signed. */
  public SignedMap terms() {
    return SignedMap.decode(CoseSign1.decode(half).payload());
  }

  /** Whether it is the half with this number of the sequencer. */
  public boolean is(long otherEpoch, long otherN) {
    return epoch == otherEpoch && n == otherN;
  }

  Cbor toCbor() {
    return Cbor.map()
        .put(1, Cbor.of(epoch))
        .put(2, Cbor.of(n))
        .put(3, Cbor.of(number))
        .put(4, Cbor.of(role.value()))
        .put(5, Cbor.of(purpose.value()))
        .put(6, Cbor.of(ending.value()))
        .put(7, Cbor.of(reason.value()))
        .put(8, StateCodec.orNull(receipt))
        .put(9, Cbor.of(half))
        .put(10, Cbor.of(account))
        .put(11, Cbor.of(codeHash))
        .put(12, StateCodec.orNull(bill))
        .put(13, line == null ? Cbor.NULL : line.toCbor())
        .put(14, Cbor.of(timeMillis))
        .put(15, StateCodec.written(presence, Cbor::of))
        .put(16, StateCodec.orNull(secondReceipt))
        .build();
  }

  @Override
  public String toString() {
    return "FinishedEntry["
        + number
        + ", n="
        + n
        + ", "
        + role
        + ", "
        + purpose
        + ", "
        + ending
        + "]";
  }
}
