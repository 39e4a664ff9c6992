package org.tallystick.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.answer.ReplyKeys;
import org.tallystick.answer.SealedAnswer;
import org.tallystick.code.Code;
import org.tallystick.code.Conditions;
import org.tallystick.code.OpenedHalf;
import org.tallystick.code.SignedMap;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.Signer;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.log.DecisionDetails;
import org.tallystick.log.LogLine;
import org.tallystick.money.Money;
import org.tallystick.receipt.Receipt;
import org.tallystick.sequencer.NumberAt;
import org.tallystick.simulation.BankStore.FinalRow;

/** Writes the one final answer of a code, with log line and receipt, in the current transaction. */
final class FinalAnswers {
  private static final Signer STAND_IN = new Cast.StandIn();

  private final World world;
  private final BankStore store;

  FinalAnswers(World world, BankStore store) {
    this.world = world;
    this.store = store;
  }

  /** How a code ended: coarse for the device, exact for the log. */
  record Verdict(Outcome outcome, ReasonClass reason, String exact) {}

  /** Answers an opened half. */
  void answer(Party party, OpenedHalf half, Verdict verdict) {
    SignedMap signed = half.signed();
    Subject subject =
        new Subject(
            party,
            half.code(),
            half.codeHash(),
            signed.epoch(),
            signed.n(),
            half.replyRoot(),
            half);
    write(subject, signed.billHash(), signed.amount(), verdict);
  }

  /** Answers a code that shows a compromised or copied device; its half is not believed. */
  void answerUnread(
      Party party, Code code, byte[] codeHash, NumberAt at, Secret root, String exact) {
    Subject subject = new Subject(party, code, codeHash, at.epoch(), at.n(), root, null);
    Verdict verdict = new Verdict(Outcome.ERROR, ReasonClass.DEVICE_SUSPENDED, exact);
    write(subject, new byte[32], Money.of(0, Cast.CURRENCY), verdict);
  }

  private record Subject(
      Party party,
      Code code,
      byte[] codeHash,
      long epoch,
      long n,
      Secret replyRoot,
      @Nullable OpenedHalf half) {}

  private void write(Subject subject, byte[] billHash, Money amount, Verdict verdict) {
    Party party = subject.party();
    String hash = Slots.hex(subject.codeHash());
    DecisionDetails details =
        new DecisionDetails(
            subject.code().number(),
            billHash,
            subject.codeHash(),
            verdict.outcome().value(),
            verdict.exact(),
            amount);
    LogLine line = append(party, details);
    Answer answer =
        new Answer(
            party.binding().deviceId(),
            subject.epoch(),
            subject.n(),
            subject.codeHash(),
            billHash,
            verdict.outcome(),
            verdict.reason(),
            world.now(),
            subject.code().number(),
            receipt(subject, verdict.outcome(), line),
            line,
            List.of(alias(party)),
            null,
            null,
            null);
    byte[] sealed = seal(answer, subject.replyRoot());
    FinalRow row = new FinalRow(hash, party, answer, subject.replyRoot(), sealed);
    store.finals.put(hash, row);
    store.pickups.put(token(row), hash);
    OpenedHalf half = subject.half();
    History.Final fact =
        new History.Final(
            hash,
            party.index(),
            Slots.key(subject.code().number(), billHash),
            half == null ? null : half.signed().role(),
            half == null ? null : half.signed().purpose(),
            verdict.outcome(),
            verdict.exact());
    store.afterCommit(() -> world.history.ended(fact));
  }

  private LogLine append(Party party, DecisionDetails details) {
    List<LogLine> log = store.log(party.index());
    byte[] head = log.isEmpty() ? party.seedHead() : log.get(log.size() - 1).head();
    byte[] commitment = LogLine.commitment(world.chance.bytes(16), details.encode());
    LogLine line =
        LogLine.after(log.size() + 1L, head, world.now(), DecisionDetails.KIND, commitment);
    List<LogLine> grown = new ArrayList<>(log);
    grown.add(line);
    Runnable put = () -> store.logs.put(party.index(), grown);
    if (world.planted(Plant.LOG_LINE_OUTSIDE_TRANSACTION)) {
      store.outsideTransaction(put);
    } else {
      put.run();
    }
    return line;
  }

  private byte @Nullable [] receipt(Subject subject, Outcome outcome, LogLine line) {
    OpenedHalf half = subject.half();
    if (half == null) {
      return null;
    }
    SignedMap signed = half.signed();
    Receipt receipt =
        new Receipt(
            Cast.CONSORTIUM,
            world.chance.bytes(10),
            subject.code().number(),
            signed.role(),
            signed.accountIdentifier(),
            signed.contractId(),
            signed.deviceId(),
            Receipt.counterparty(world.chance.bytes(16), new byte[0], new byte[0]),
            signed.purpose(),
            signed.billHash(),
            signed.amount(),
            outcome,
            world.now(),
            subject.codeHash(),
            Sha256.of(half.sign1()),
            line.index(),
            line.column1(),
            line.column2(),
            null,
            0,
            Conditions.NONE);
    return Signed.sign(
        STAND_IN,
        "receipt",
        Suite.CLASSIC,
        Cast.CONSORTIUM,
        receipt.number(),
        "",
        receipt.encode());
  }

  private byte[] alias(Party party) {
    return Cast.ALIAS_KEY.alias(party.index(), world.chance.secure());
  }

  private static byte[] seal(Answer answer, Secret replyRoot) {
    return SealedAnswer.seal(answer, Suite.CLASSIC, Cast.CONSORTIUM, Cast.ANSWER_KEY, replyRoot);
  }

  /** The bytes that leave the bank: the stored ones. */
  byte[] served(FinalRow row) {
    if (!world.planted(Plant.BANK_ANSWER_NOT_STORED)) {
      return row.sealed();
    }
    Answer stored = row.answer();
    Answer anew =
        new Answer(
            stored.deviceId(),
            stored.epoch(),
            stored.n(),
            stored.codeHash(),
            stored.billHash(),
            stored.outcome(),
            stored.reason(),
            stored.timeMillis(),
            stored.number(),
            stored.receipt(),
            stored.line(),
            List.of(alias(row.party())),
            null,
            null,
            null);
    return seal(anew, row.replyRoot());
  }

  String token(FinalRow row) {
    return Slots.hex(ReplyKeys.pickup(row.replyRoot()));
  }
}
