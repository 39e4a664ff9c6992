package org.tallystick.device;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tallystick.answer.Answer;
import org.tallystick.answer.ReasonClass;
import org.tallystick.device.AnswerCheck.Verdict;
import org.tallystick.device.DeviceEvents.Stage;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.DeviceState;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.EntryState;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.HeldKeys;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.device.transport.BankConnection.PickedUp;
import org.tallystick.receipt.Receipt;
import org.tallystick.sequencer.NumberAt;

/**
 * Fetches answers and takes them, A1 to A6. An answer whose log line comes too early is kept until
 * the lines before it are here. A half that stays without an answer is shown as UNKNOWN, never as
 * cancelled, and a late answer still replaces that.
 *
 * <p>Source: docs/PROTOCOL.md section 8.
 */
final class AnswerDesk {
  /** How long after its end a half may stay without an answer. */
  static final long GRACE_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private static final int MAX_ASKED = 64;
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Core core;
  private final LogKeeper log;
  private final Reunion reunion;
  private final ProgressDesk progress;

  AnswerDesk(Core core, LogKeeper log, Reunion reunion) {
    this.core = core;
    this.log = log;
    this.reunion = reunion;
    this.progress = new ProgressDesk(core);
  }

  /** Waits for the answer to one half; takes what comes for others on the way. */
  Result<FinishedEntry> await(OutboxEntry entry, Duration timeout) {
    Optional<FinishedEntry> before = core.state().ended(entry.epoch(), entry.n());
    if (before.isPresent() && core.state().open(entry.epoch(), entry.n()).isEmpty()) {
      return Result.ok(before.get()); // others that are open are not what is waited for
    }
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      Result<Integer> fetched = fetch(entry, progress.patience(entry, left));
      Optional<FinishedEntry> ended = core.state().ended(entry.epoch(), entry.n());
      if (ended.isPresent()) {
        return Result.ok(ended.get());
      }
      Optional<Refusal> refusal = fetched.refusal();
      if (refusal.isPresent() && refusal.get().type().startsWith("urn:tallystick:device:")) {
        return Result.refused(refusal.get());
      }
      if (System.nanoTime() >= end) {
        return refusal
            .map(Result::<FinishedEntry>refused)
            .orElseGet(() -> Result.refused("pending", "there is no answer yet"));
      }
      if (refusal.isPresent() && !pause()) {
        return Result.refused("interrupted", "the wait was interrupted");
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Asks once for every open half. */
  Result<Integer> fetchAll() {
    List<OutboxEntry> open = core.state().outbox();
    int taken = 0;
    for (int from = 0; from < open.size(); from += MAX_ASKED) {
      List<OutboxEntry> some = open.subList(from, Math.min(open.size(), from + MAX_ASKED));
      Result<Integer> result = fetch(some, Duration.ZERO);
      if (result.refusal().isPresent()) {
        return result;
      }
      taken += result.orElseThrow();
    }
    fillHeld();
    endOverdue();
    return Result.ok(taken);
  }

  /** Asks for this half and, so that the log has no gap, for the others that are open. */
  private Result<Integer> fetch(OutboxEntry wanted, Duration wait) {
    fillHeld();
    List<OutboxEntry> open =
        core.state().outbox().stream()
            .filter(entry -> entry.state() != EntryState.HELD)
            .sorted(Comparator.comparing(entry -> !entry.is(wanted.epoch(), wanted.n())))
            .limit(MAX_ASKED)
            .toList();
    if (open.isEmpty()) {
      return core.state().open(wanted.epoch(), wanted.n()).isPresent()
          ? Result.refused("A5", "lines of the log before this answer are missing")
          : Result.ok(0);
    }
    Result<Integer> result = fetch(open, wait);
    endOverdue();
    return result;
  }

  private Result<Integer> fetch(List<OutboxEntry> open, Duration wait) {
    List<byte[]> pickups =
        open.stream()
            .filter(entry -> core.state().open(entry.epoch(), entry.n()).isPresent())
            .map(OutboxEntry::pickup)
            .toList();
    if (pickups.isEmpty()) {
      return Result.ok(0);
    }
    return core.bank()
        .answers(pickups, wait)
        .then(
            arrived -> {
              int taken = 0;
              Refusal refused = null;
              for (PickedUp one : arrived) {
                if (one.isProgress()) {
                  progress.hear(one);
                  continue;
                }
                Result<Boolean> result = take(one);
                taken += result.value().orElse(false) ? 1 : 0;
                refused = result.refusal().orElse(refused);
              }
              return refused == null ? Result.ok(taken) : Result.refused(refused);
            });
  }

  /** Takes one answer; false where it is for no open half, or has to wait. */
  private Result<Boolean> take(PickedUp arrived) {
    Result<Boolean> first = reunion.afterRecovery(() -> tryTake(arrived));
    boolean doubtful =
        first
            .refusal()
            .map(why -> why.type().endsWith(":A1") || why.type().endsWith(":A5"))
            .orElse(false);
    // the bank may have changed its keys since, or was restored
    return doubtful && isNewer() ? reunion.afterRecovery(() -> tryTake(arrived)) : first;
  }

  private boolean isNewer() {
    HeldKeys before = core.state().keys();
    return before != null
        && core.refreshKeys()
            .value()
            .map(fresh -> fresh.set().version() > before.set().version())
            .orElse(false);
  }

  private Result<Boolean> tryTake(PickedUp arrived) {
    synchronized (core.file()) {
      DeviceState state = core.state();
      Optional<OutboxEntry> found =
          state.outbox().stream()
              .filter(entry -> Arrays.equals(entry.pickup(), arrived.pickup()))
              .findFirst();
      Bound bound = state.bound();
      HeldKeys keys = state.keys();
      if (found.isEmpty() || bound == null || keys == null) {
        return Result.ok(false);
      }
      OutboxEntry entry = found.get();
      Verdict verdict = new AnswerCheck(keys, bound).check(entry, arrived.sealed());
      if (verdict instanceof Verdict.Fails fails) {
        return Result.refused(fails.step(), fails.why());
      }
      if (verdict instanceof Verdict.Holds holds) {
        finish(state, bound, entry, holds);
        takeHeld();
        return Result.ok(true);
      }
      if (verdict instanceof Verdict.OtherCode) {
        endNotAccepted(core, entry);
        return Result.ok(true);
      }
      if (entry.heldAnswer() == null) {
        core.file().store(state.with(entry.holding(arrived.sealed())));
        core.events().progress(entry.number(), Stage.HELD);
      }
      return Result.ok(false);
    }
  }

  /** Fetches the lines that answers wait for: of halves that are not waited for, or long ended. */
  void fillHeld() {
    if (reunion.mustRecover()) {
      return;
    }
    long last = 0;
    for (OutboxEntry entry : core.state().outbox()) {
      byte[] held = entry.heldAnswer();
      Bound bound = core.state().bound();
      HeldKeys keys = core.state().keys();
      if (held != null
          && bound != null
          && keys != null
          && new AnswerCheck(keys, bound).check(entry, held) instanceof Verdict.Gap gap) {
        last = Math.max(last, gap.answer().line().index() - 1);
      }
    }
    if (last > 0 && log.fillTo(last).value().orElse(0) > 0) {
      synchronized (core.file()) {
        takeHeld();
      }
    }
  }

  /** The log has grown, so answers that waited for it may fit now. */
  private void takeHeld() {
    boolean again = true;
    while (again) {
      again = false;
      for (OutboxEntry entry : core.state().outbox()) {
        DeviceState state = core.state();
        byte[] held = entry.heldAnswer();
        Bound bound = state.bound();
        HeldKeys keys = state.keys();
        if (held != null
            && bound != null
            && keys != null
            && new AnswerCheck(keys, bound).check(entry, held) instanceof Verdict.Holds holds) {
          finish(state, bound, entry, holds);
          again = true;
        }
      }
    }
  }

  /** A6. */
  private void finish(DeviceState state, Bound bound, OutboxEntry entry, Verdict.Holds holds) {
    Answer answer = holds.answer();
    FinishedEntry ended = FinishedEntry.of(entry, answer);
    Bound next =
        bound.answered(new NumberAt(entry.epoch(), entry.n()), answer.line(), answer.aliases());
    core.file().store(state.finished(next, ended));
    entry.replyRoot().close();
    core.events().logLine(next.logIndex(), next.logHead());
    core.events().answered(ended);
    Receipt receipt = holds.receipt();
    if (receipt != null) {
      core.events().receipt(receipt);
    }
    if (answer.reason() == ReasonClass.DEVICE_SUSPENDED) {
      core.events().suspended(entry.number());
    }
    if (answer.presence() != null) {
      core.events().presence(entry.number(), answer.presence());
    }
    if (answer.blockedUntilMillis() != null) {
      core.events().blocked(answer.blockedUntilMillis());
    }
  }

  /**
   * A half that the bank never took and never will ends here. The caller holds the file's monitor.
   */
  static void endNotAccepted(Core core, OutboxEntry entry) {
    FinishedEntry ended =
        FinishedEntry.of(entry, Ending.NOT_ACCEPTED, ReasonClass.NONE, null, null, core.now());
    core.file().store(core.state().notAccepted(ended));
    entry.replyRoot().close();
    core.events().answered(ended);
  }

  /** Ends locally what is long past its end and has no answer. */
  void endOverdue() {
    synchronized (core.file()) {
      for (OutboxEntry entry : core.state().outbox()) {
        boolean waits = entry.state() == EntryState.SEALED || entry.state() == EntryState.ACCEPTED;
        if (waits && core.now() > entry.notAfterMillis() + GRACE_MILLIS) {
          FinishedEntry ended =
              FinishedEntry.of(entry, Ending.UNKNOWN, ReasonClass.NONE, null, null, core.now());
          core.file().store(core.state().unanswered(entry.at(EntryState.NO_ANSWER), ended));
          core.events().progress(entry.number(), Stage.NO_ANSWER);
          core.events().answered(ended);
        }
      }
    }
  }
}
