package org.tallystick.device;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.SealedAnswer;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.SignedMap;
import org.tallystick.crypto.Sha256;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.HeldKeys;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.log.DecisionDetails;
import org.tallystick.log.LogLine;
import org.tallystick.receipt.Receipt;

/**
 * Whether a sealed answer is the bank's to one half of this device: A1 to A5. Pure.
 *
 * <p>Source: docs/PROTOCOL.md section 8.
 */
final class AnswerCheck {
  private static final byte[] NO_BILL = new byte[32];

  private final HeldKeys keys;
  private final Bound bound;

  AnswerCheck(HeldKeys keys, Bound bound) {
    this.keys = keys;
    this.bound = bound;
  }

  /** What the checks found. */
  sealed interface Verdict {
    /** All hold; it may be taken. */
    record Holds(Answer answer, @Nullable Receipt receipt) implements Verdict {}

    /** It is the bank's, and earlier lines of the log are missing here. */
    record Gap(Answer answer) implements Verdict {}

    /** A3b: it is the bank's, and the number went to another code. */
    record OtherCode(Answer answer) implements Verdict {}

    /** A step failed. */
    record Fails(String step, String why) implements Verdict {}
  }

  Verdict check(OutboxEntry entry, byte[] sealed) {
    Answer answer = open(entry, sealed).orElse(null);
    if (answer == null) {
      return new Verdict.Fails("A1", "the answer does not open, or the bank has not signed it");
    }
    if (isNumberOf(entry, answer) && !Arrays.equals(answer.codeHash(), entry.codeHash())) {
      return new Verdict.OtherCode(answer);
    }
    if (!isOwn(entry, answer)) {
      return new Verdict.Fails("A3", "the answer is for another half");
    }
    Receipt receipt = null;
    byte[] sign1 = answer.receipt();
    if (sign1 != null) {
      receipt = receipt(entry, sign1, answer.secondReceipt()).orElse(null);
      if (receipt == null || !fits(entry, answer, receipt)) {
        return new Verdict.Fails("A4", "the receipt does not hold for this half");
      }
    } else if (answer.outcome() != Outcome.ERROR) {
      return new Verdict.Fails("A4", "the receipt is missing");
    }
    return line(answer, receipt);
  }

  /** A1 and A2, with each answer key that was valid at the time the answer states. */
  private Optional<Answer> open(OutboxEntry entry, byte[] sealed) {
    DeviceBinding own = bound.identity().binding();
    for (BankKey bank : keys.all(BankKey.ANSWER)) {
      Optional<Answer> opened =
          SealedAnswer.open(
                  sealed,
                  own.suite(),
                  own.consortium(),
                  own.deviceId(),
                  entry.epoch(),
                  entry.n(),
                  bank.key(),
                  entry.replyRoot())
              .filter(answer -> bank.notBeforeMillis() <= answer.timeMillis())
              .filter(answer -> answer.timeMillis() <= bank.notAfterMillis());
      if (opened.isPresent()) {
        return opened;
      }
    }
    return Optional.empty();
  }

  /** A3; a half that the bank could not read is answered without its bill hash. */
  private boolean isOwn(OutboxEntry entry, Answer answer) {
    boolean unread =
        answer.outcome() == Outcome.ERROR
            && answer.receipt() == null
            && Arrays.equals(answer.billHash(), NO_BILL);
    return isNumberOf(entry, answer)
        && (unread || Arrays.equals(answer.billHash(), entry.terms().billHash()))
        && answer.number().equals(entry.number());
  }

  private boolean isNumberOf(OutboxEntry entry, Answer answer) {
    return Arrays.equals(answer.deviceId(), bound.identity().binding().deviceId())
        && entry.is(answer.epoch(), answer.n());
  }

  private Optional<Receipt> receipt(OutboxEntry entry, byte[] sign1, byte @Nullable [] second) {
    Suite suite = bound.identity().binding().suite();
    try {
      return Optional.of(Receipt.verify(sign1, second, suite, keys.set(), entry.number()));
    } catch (IllegalArgumentException malformedOrUnsigned) {
      return Optional.empty();
    }
  }

  /** A4. */
  private boolean fits(OutboxEntry entry, Answer answer, Receipt receipt) {
    DeviceBinding own = bound.identity().binding();
    SignedMap terms = entry.terms();
    LogLine line = answer.line();
    return receipt.consortium().equals(own.consortium())
        && receipt.number().equals(entry.number())
        && receipt.role() == entry.role()
        && receipt.purpose() == entry.purpose()
        && Arrays.equals(receipt.accountIdentifier(), own.accountIdentifier())
        && Arrays.equals(receipt.contractId(), own.contractId())
        && Arrays.equals(receipt.deviceId(), own.deviceId())
        && Arrays.equals(receipt.billHash(), terms.billHash())
        && ReceiptFit.holds(entry, receipt)
        && receipt.outcome() == answer.outcome()
        && Arrays.equals(receipt.codeHash(), entry.codeHash())
        && Arrays.equals(receipt.halfHash(), Sha256.of(entry.half()))
        && receipt.logIndex() == line.index()
        && Arrays.equals(receipt.column1(), line.column1())
        && Arrays.equals(receipt.column2(), line.column2());
  }

  /** A5. */
  private Verdict line(Answer answer, @Nullable Receipt receipt) {
    LogLine line = answer.line();
    try {
      if (!line.extendsHead(line.index(), line.column1())
          || !line.content().kind().equals(DecisionDetails.KIND)) {
        return new Verdict.Fails("A5", "the log line's columns do not fit");
      }
    } catch (IllegalArgumentException malformed) {
      return new Verdict.Fails("A5", "the log line has the wrong form");
    }
    if (bound.log().knows(line)) {
      return new Verdict.Holds(answer, receipt);
    }
    if (line.index() > bound.logIndex() + 1) {
      return new Verdict.Gap(answer);
    }
    if (!line.extendsHead(bound.logIndex() + 1, bound.logHead())) {
      return new Verdict.Fails("A5", "the log line does not follow this device's log");
    }
    return new Verdict.Holds(answer, receipt);
  }
}
