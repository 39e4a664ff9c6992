package org.tallystick.device;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tallystick.agreement.AgreementTerms;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.HeldEpoch;
import org.tallystick.device.state.NoticeInbox;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestResult;
import org.tallystick.request.StatusResult;
import org.tallystick.request.StatusResult.DeviceStanding;
import org.tallystick.request.StatusResult.Fate;
import org.tallystick.request.StatusResult.NumberFate;
import org.tallystick.sequencer.NumberAt;

/**
 * Asks the bank how things stand and does what follows: halves that can never be accepted end, and
 * a device that finds itself beside the bank rekeys.
 *
 * <p>Source: docs/PROTOCOL.md section 10, kind 1, and 10.1; TSE-05.
 */
final class Reunion {
  /** How long after notAfter a code that the bank has not seen may still be on its way. */
  static final long LOST_AFTER_MILLIS = TimeUnit.HOURS.toMillis(24);

  private static final long WINDOW = 64;

  private final Core core;
  private final RequestDesk requests;
  private final Rekeyer rekeyer;
  private final LogKeeper log;

  Reunion(Core core, RequestDesk requests, Rekeyer rekeyer, LogKeeper log) {
    this.core = core;
    this.requests = requests;
    this.rekeyer = rekeyer;
    this.log = log;
  }

  /** How things stand at the bank; what follows from it is done before this returns. */
  Result<StatusResult> ask() {
    Result<StatusResult> first = status();
    Optional<StatusResult> bank = first.value();
    if (bank.isEmpty()) {
      return first;
    }
    note(bank.get());
    if (!core.active(core.state()).value().map(bound -> bound.log().isSettled()).orElse(true)) {
      return log.settle(bank.get()).then(cut -> first);
    }
    if (bank.get().state() == DeviceStanding.ACTIVE && isBeside(bank.get())) {
      Optional<Refusal> refused = rekeyer.rekey().refusal();
      return refused.isPresent() ? Result.refused(refused.get()) : settled();
    }
    return first;
  }

  /** Whether no half may be made and no answer or notice taken before {@link #recovered}. */
  boolean mustRecover() {
    Bound bound = core.state().bound();
    return bound != null && (rekeyer.mustRekey(bound) || !bound.log().isSettled());
  }

  /**
   * Rekeys where the bank has raised its recovery epoch, and lets the log follow the bank's.
   *
   * @return whether the device may make halves
   */
  Result<Bound> recovered() {
    Result<Bound> active = core.active(core.state());
    Optional<Bound> bound = active.value();
    if (bound.isEmpty() || !mustRecover()) {
      return active;
    }
    Result<RequestResult> rekeyed =
        rekeyer.mustRekey(bound.get()) ? rekeyer.rekey() : Result.ok(new RequestResult.Done());
    return rekeyed.then(done -> settled()).then(bank -> core.active(core.state()));
  }

  /** Does something once all is recovered; a suspended device may not rekey and does it at once. */
  <T> Result<T> afterRecovery(Supplier<Result<T>> next) {
    Optional<Refusal> refused = recovered().refusal();
    boolean isSuspended = refused.map(why -> why.type().endsWith(":not-permitted")).orElse(false);
    return refused.isPresent() && !isSuspended ? Result.refused(refused.get()) : next.get();
  }

  private Result<StatusResult> settled() {
    return status().then(bank -> log.settle(bank).then(cut -> Result.ok(bank)));
  }

  private Result<StatusResult> status() {
    List<NumberAt> open =
        core.state().outbox().stream()
            .limit(RequestArguments.Status.MAX_NUMBERS)
            .map(entry -> new NumberAt(entry.epoch(), entry.n()))
            .toList();
    return requests
        .ask(new RequestArguments.Status(open))
        .then(
            done ->
                done instanceof StatusResult status
                    ? Result.ok(status)
                    : Result.refused("R10", "a reply of another kind"));
  }

  private void note(StatusResult bank) {
    synchronized (core.file()) {
      Bound bound = core.state().bound();
      if (bound == null) {
        return;
      }
      NoticeInbox notices = bound.epoch().notices();
      if (notices.chain().epoch() == bank.epoch() && notices.made() < bank.notices()) {
        HeldEpoch told = bound.epoch().with(notices.upTo(bank.notices()), bound.epoch().earlier());
        core.file().store(core.state().with(bound.with(told)));
      }
      for (NumberFate number : bank.numbers()) {
        core.state()
            .open(number.at().epoch(), number.at().n())
            .filter(entry -> number.fate() == Fate.NOT_SEEN && isLost(entry))
            .ifPresent(entry -> AnswerDesk.endNotAccepted(core, entry));
      }
    }
    if (bank.state() == DeviceStanding.SUSPENDED) {
      core.events().suspended("");
    }
    AgreementTerms waits = bank.agreement();
    if (waits != null) {
      core.events().agreementWaits(waits);
    }
    if (bank.blockedUntilMillis() > core.now()) {
      core.events().blocked(bank.blockedUntilMillis());
    }
  }

  private boolean isLost(OutboxEntry entry) {
    return core.now() > entry.notAfterMillis() + LOST_AFTER_MILLIS;
  }

  private boolean isBeside(StatusResult bank) {
    Bound bound = core.state().bound();
    if (bound == null) {
      return false;
    }
    long own = bound.sequence().n();
    boolean otherEpoch = bank.epoch() != bound.sequence().epoch();
    boolean otherLog =
        bank.logIndex() == bound.logIndex() && !Arrays.equals(bank.logHead(), bound.logHead());
    return otherEpoch
        || own < bank.next()
        || own >= bank.next() + WINDOW
        || otherLog
        || bank.logIndex() < bound.logIndex()
        || rekeyer.mustRekey(bound)
        || bank.recoveryEpoch() > bound.epoch().recoveryEpoch();
  }
}
