package org.tallystick.device.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.notice.Notice;
import org.tallystick.notice.NoticeSubject;

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
 * @param authorities of purchases with a hold or charges, oldest first
 */
public record DeviceState(
    BankPin bank,
    @Nullable HeldKeys keys,
    @Nullable PendingEnrolment pending,
    @Nullable Bound bound,
    List<OutboxEntry> outbox,
    List<FinishedEntry> finished,
    List<Notice> notices,
    @Nullable CheckpointShelf checkpoints,
    List<Authority> authorities)
    implements AutoCloseable {
  /** Most halves without an answer. */
  public static final int MAX_OUTBOX = 128;

  /** Most notices kept; the oldest goes first. */
  public static final int MAX_NOTICES = 64;

  /** Most holds and charges that are open at a time. */
  public static final int MAX_AUTHORITIES = 1024;

  /** Most ended halves kept; the oldest goes first. */
  public static final int MAX_FINISHED = 256;

  /** Copies the lists. */
  public DeviceState {
    outbox = List.copyOf(outbox);
    finished = List.copyOf(finished);
    notices = List.copyOf(notices);
    authorities = List.copyOf(authorities);
  }

  /** State of a device that was never enrolled. */
  public static DeviceState fresh(BankPin bank) {
    return new DeviceState(
        bank, null, null, null, List.of(), List.of(), List.of(), null, List.of());
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
        checkpoints,
        authorities);
  }

  /** A newer key set (K3 is the caller's). */
  public DeviceState with(HeldKeys fresh) {
    return new DeviceState(
        bank, fresh, pending, bound, outbox, finished, notices, checkpoints, authorities);
  }

  /** An enrolment begins. */
  public DeviceState enrolling(HeldKeys offered, PendingEnrolment begun) {
    return new DeviceState(
        bank, offered, begun, null, outbox, finished, notices, checkpoints, authorities);
  }

  /** The bank's reply is here: the pending enrolment is replaced by what it gave. */
  public DeviceState enrolled(Bound given) {
    return new DeviceState(
        bank, keys, null, given, outbox, finished, notices, checkpoints, authorities);
  }

  /** Something of the enrolled device changed. */
  public DeviceState with(Bound next) {
    return new DeviceState(
        bank, keys, pending, next, outbox, finished, notices, checkpoints, authorities);
  }

  /** C5: what is held of the bank's checkpoints. */
  public DeviceState with(CheckpointShelf shelf) {
    return new DeviceState(
        bank, keys, pending, bound, outbox, finished, notices, shelf, authorities);
  }

  /** S1: the sequence goes on and the half is in the outbox, in one state. */
  public DeviceState sealed(Bound next, OutboxEntry entry) {
    List<OutboxEntry> more = new ArrayList<>(outbox);
    more.add(entry);
    return new DeviceState(
        bank, keys, pending, next, more, finished, notices, checkpoints, authorities);
  }

  /** One half of the outbox went on. */
  public DeviceState with(OutboxEntry changed) {
    List<OutboxEntry> next = new ArrayList<>(outbox);
    next.replaceAll(entry -> entry.is(changed.epoch(), changed.n()) ? changed : entry);
    return new DeviceState(
        bank, keys, pending, bound, next, finished, notices, checkpoints, authorities);
  }

  /** A6: the half is out of the outbox and among the ended ones. */
  public DeviceState finished(Bound next, FinishedEntry ended) {
    List<OutboxEntry> left = new ArrayList<>(outbox);
    left.removeIf(entry -> entry.is(ended.epoch(), ended.n()));
    return new DeviceState(
        bank,
        keys,
        pending,
        next,
        left,
        withEnded(ended),
        notices,
        checkpoints,
        ended.ending() == Ending.APPROVED ? authoritiesAfter(ended) : authorities);
  }

  /** A half without an answer is shown as ended, and stays in the outbox for a late answer. */
  public DeviceState unanswered(OutboxEntry changed, FinishedEntry ended) {
    DeviceState next = with(changed);
    return new DeviceState(
        bank,
        keys,
        pending,
        bound,
        next.outbox,
        withEnded(ended),
        notices,
        checkpoints,
        authorities);
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
        checkpoints,
        notice.subject() instanceof NoticeSubject.AuthorityUsed used
                && used.purpose() == Purpose.COMPLETE
            ? authorities.stream()
                .filter(one -> one.role() != Role.PAYER || !one.number().equals(used.number()))
                .toList()
            : authorities);
  }

  /** The payer has ended what a purchase left behind. */
  public DeviceState ended(Authority authority) {
    return new DeviceState(
        bank,
        keys,
        pending,
        bound,
        outbox,
        finished,
        notices,
        checkpoints,
        without(authority.role(), authority.number(), authority.billHash()));
  }

  /** How many holds and charges are open. */
  public long openAuthorities(long nowMillis) {
    return authorities.stream().filter(one -> one.isOpen(nowMillis)).count();
  }

  /** What a purchase of this device has left behind, the newest of that number. */
  public Optional<Authority> authority(Role role, String number) {
    return authorities.stream()
        .filter(one -> one.role() == role && one.number().equals(number))
        .reduce((older, newer) -> newer);
  }

  private List<Authority> without(Role role, String number, byte[] billHash) {
    return authorities.stream().filter(one -> !one.is(role, number, billHash)).toList();
  }

  /** Whether a notice, which may come before the answer, has told that the hold is over. */
  private boolean isOver(FinishedEntry ended) {
    return ended.role() == Role.PAYER
        && notices.stream()
            .anyMatch(
                notice ->
                    notice.subject() instanceof NoticeSubject.AuthorityUsed used
                        && used.purpose() == Purpose.COMPLETE
                        && used.number().equals(ended.number()));
  }

  private List<Authority> authoritiesAfter(FinishedEntry ended) {
    SignedMap terms = ended.terms();
    Limits limits = terms.conditions().limits();
    List<Authority> left =
        new ArrayList<>(
            ended.purpose() == Purpose.COMPLETE
                ? without(Role.PAYEE, ended.number(), terms.billHash())
                : authorities);
    left.removeIf(one -> !one.isOpen(ended.timeMillis()));
    if (ended.purpose() == Purpose.PURCHASE
        && limits != null
        && Authority.isLeftBy(limits)
        && !isOver(ended)) {
      left.add(
          new Authority(
              ended.role(),
              ended.number(),
              terms.billHash(),
              terms.amount().currency(),
              ended.codeHash(),
              limits));
    }
    return left;
  }

  /** A half that the bank never took and never will is out of the outbox. */
  public DeviceState notAccepted(FinishedEntry ended) {
    List<OutboxEntry> left = new ArrayList<>(outbox);
    left.removeIf(entry -> entry.is(ended.epoch(), ended.n()));
    return new DeviceState(
        bank, keys, pending, bound, left, withEnded(ended), notices, checkpoints, authorities);
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
      bound.identity().levels().values().forEach(DeviceState::wipe);
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
