package org.tallystick.device.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.notice.Notice;

/**
 * Everything that a device must not lose. It never mutates; each method gives a permitted next
 * state, which holds once {@link StateFile#store} has returned.
 *
 * @param bank that the device belongs to
 * @param keys the bank's key set, or null before the first offer
 * @param pending enrolment without a reply, or null
 * @param bound what an enrolled device has, or null before
 * @param outbox halves without a final answer, oldest first
 * @param finished halves that have ended, oldest first
 * @param notices of the bank, oldest first
 * @param checkpoints of the bank, or null before the first
 */
public record DeviceState(
    BankPin bank,
    @Nullable HeldKeys keys,
    @Nullable PendingEnrolment pending,
    @Nullable Bound bound,
    List<OutboxEntry> outbox,
    List<FinishedEntry> finished,
    List<Notice> notices,
    @Nullable CheckpointShelf checkpoints)
    implements AutoCloseable {
  /** Most halves without an answer. */
  public static final int MAX_OUTBOX = 128;

  /** Most notices kept; the oldest goes first. */
  public static final int MAX_NOTICES = 64;

  /** Most ended halves kept; the oldest goes first. */
  public static final int MAX_FINISHED = 256;

  /** Copies the lists. */
  public DeviceState {
    outbox = List.copyOf(outbox);
    finished = List.copyOf(finished);
    notices = List.copyOf(notices);
  }

  /** State of a device that was never enrolled. */
  public static DeviceState fresh(BankPin bank) {
    return new DeviceState(bank, null, null, null, List.of(), List.of(), List.of(), null);
  }

  /** The bank moved; who it is does not change. */
  public DeviceState at(String baseUrl) {
    return new DeviceState(
        new BankPin(bank.rootFingerprint(), baseUrl),
        keys,
        pending,
        bound,
        outbox,
        finished,
        notices,
        checkpoints);
  }

  /** A newer key set (K3 is the caller's). */
  public DeviceState with(HeldKeys fresh) {
    return new DeviceState(bank, fresh, pending, bound, outbox, finished, notices, checkpoints);
  }

  /** An enrolment begins. */
  public DeviceState enrolling(HeldKeys offered, PendingEnrolment begun) {
    return new DeviceState(bank, offered, begun, null, outbox, finished, notices, checkpoints);
  }

  /** The bank's reply is here: the pending enrolment is replaced by what it gave. */
  public DeviceState enrolled(Bound given) {
    return new DeviceState(bank, keys, null, given, outbox, finished, notices, checkpoints);
  }

  /** Something of the enrolled device changed. */
  public DeviceState with(Bound next) {
    return new DeviceState(bank, keys, pending, next, outbox, finished, notices, checkpoints);
  }

  /** C5: what is held of the bank's checkpoints. */
  public DeviceState with(CheckpointShelf shelf) {
    return new DeviceState(bank, keys, pending, bound, outbox, finished, notices, shelf);
  }

  /** S1: the sequence goes on and the half is in the outbox, in one state. */
  public DeviceState sealed(Bound next, OutboxEntry entry) {
    List<OutboxEntry> more = new ArrayList<>(outbox);
    more.add(entry);
    return new DeviceState(bank, keys, pending, next, more, finished, notices, checkpoints);
  }

  /** One half of the outbox went on. */
  public DeviceState with(OutboxEntry changed) {
    List<OutboxEntry> next = new ArrayList<>(outbox);
    next.replaceAll(entry -> entry.is(changed.epoch(), changed.n()) ? changed : entry);
    return new DeviceState(bank, keys, pending, bound, next, finished, notices, checkpoints);
  }

  /** A6: the half is out of the outbox and among the ended ones. */
  public DeviceState finished(Bound next, FinishedEntry ended) {
    List<OutboxEntry> left = new ArrayList<>(outbox);
    left.removeIf(entry -> entry.is(ended.epoch(), ended.n()));
    return new DeviceState(bank, keys, pending, next, left, withEnded(ended), notices, checkpoints);
  }

  /** A half without an answer is shown as ended, and stays in the outbox for a late answer. */
  public DeviceState unanswered(OutboxEntry changed, FinishedEntry ended) {
    DeviceState next = with(changed);
    return new DeviceState(bank, keys, pending, bound, next.outbox, withEnded(ended), notices, checkpoints);
  }

  /** N5: a notice is here, and the chain of their keys went on. */
  public DeviceState with(Bound next, Notice notice) {
    List<Notice> more = new ArrayList<>(notices);
    more.add(notice);
    return new DeviceState(
        bank,
        keys,
        pending,
        next,
        outbox,
        finished,
        more.size() > MAX_NOTICES ? more.subList(more.size() - MAX_NOTICES, more.size()) : more,
        checkpoints);
  }

  /** A half that the bank never took and never will is out of the outbox. */
  public DeviceState notAccepted(FinishedEntry ended) {
    List<OutboxEntry> left = new ArrayList<>(outbox);
    left.removeIf(entry -> entry.is(ended.epoch(), ended.n()));
    return new DeviceState(bank, keys, pending, bound, left, withEnded(ended), notices, checkpoints);
  }

  private List<FinishedEntry> withEnded(FinishedEntry ended) {
    List<FinishedEntry> all = new ArrayList<>(finished);
    all.removeIf(entry -> entry.is(ended.epoch(), ended.n()));
    all.add(ended);
    return all.size() > MAX_FINISHED ? all.subList(all.size() - MAX_FINISHED, all.size()) : all;
  }

  /** A half in the outbox. */
  public Optional<OutboxEntry> open(long epoch, long n) {
    return outbox.stream().filter(entry -> entry.is(epoch, n)).findFirst();
  }

  /** A half that has ended. */
  public Optional<FinishedEntry> ended(long epoch, long n) {
    return finished.stream().filter(entry -> entry.is(epoch, n)).findFirst();
  }

  /** Wipes all secrets. */
  @Override
  public void close() {
    outbox.forEach(entry -> entry.replyRoot().close());
    if (pending != null) {
      pending.exported().close();
      pending.signingKey().close();
      wipe(pending.pin());
    }
    if (bound != null) {
      bound.sequence().chain().close();
      bound.sequence().string2().close();
      bound.identity().signingKey().close();
      bound.epoch().wipe();
      if (bound.pending() != null) {
        bound.pending().wipe();
      }
      wipe(bound.identity().pin());
    }
  }

  private static void wipe(@Nullable PinMaterial pin) {
    if (pin != null) {
      pin.secret().close();
    }
  }

  @Override
  public String toString() {
    return "DeviceState[open=" + outbox.size() + ", ended=" + finished.size() + "]";
  }
}
