package org.tallystick.device;

import java.time.Duration;
import java.util.Optional;
import org.tallystick.device.TallystickDevice.Resumed;
import org.tallystick.device.result.BankProblem;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.DeviceState;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.EntryState;
import org.tallystick.device.state.Identity;
import org.tallystick.device.state.OutboxEntry;

/**
 * Brings device and bank together after a restart.
 *
 * <p>Source: docs/PROTOCOL.md sections 8 and 10.1.
 */
final class Resumption {
  private final Core core;
  private final Enroller enroller;
  private final CodeSender sender;
  private final RequestDesk requests;
  private final AnswerDesk answers;
  private final Reunion reunion;
  private final Rekeyer rekeyer;
  private final NoticeDesk notices;

  Resumption(
      Core core,
      Enroller enroller,
      CodeSender sender,
      RequestDesk requests,
      AnswerDesk answers,
      Reunion reunion,
      Rekeyer rekeyer,
      NoticeDesk notices) {
    this.core = core;
    this.enroller = enroller;
    this.sender = sender;
    this.requests = requests;
    this.answers = answers;
    this.reunion = reunion;
    this.rekeyer = rekeyer;
    this.notices = notices;
  }

  Resumed run() {
    DeviceState before = core.state();
    boolean begun = before.pending() != null;
    boolean unconfirmed = before.bound() != null && core.active(before).refusal().isPresent();
    if (begun || unconfirmed) {
      Result<Identity> enrolled = enroller.resume();
      if (enrolled.refusal().isPresent()) {
        return new Resumed(0, 0, before.outbox().size(), 0, 0, false, enrolled.refusal());
      }
    }
    int resent = 0;
    Optional<Refusal> problem = Optional.empty();
    for (OutboxEntry entry : before.outbox()) {
      boolean reachable =
          problem.map(refusal -> !refusal.type().equals(BankProblem.UNREACHABLE)).orElse(true);
      if (entry.state() != EntryState.HELD && reachable) {
        Optional<Refusal> refusal = sender.send(entry).refusal();
        resent += refusal.isEmpty() ? 1 : 0;
        if (refusal.isPresent()) {
          problem = refusal;
        }
      }
    }
    Result<Integer> fetched = answers.fetchAll();
    answers.endOverdue();
    int told = 0;
    if (core.active(core.state()).value().isPresent() && problem.isEmpty()) {
      problem = meet();
      Result<Integer> taken = problem.isEmpty() ? notices.take(Duration.ZERO) : Result.ok(0);
      told = taken.value().orElse(0);
      problem = problem.or(taken::refusal);
    }
    DeviceState after = core.state();
    return new Resumed(
        resent,
        fetched.value().orElse(0),
        after.outbox().size(),
        Math.toIntExact(before.outbox().stream().filter(this::isLost).count()),
        told,
        epoch(before) >= 0 && epoch(before) != epoch(after),
        problem.or(fetched::refusal));
  }

  /**
   * Settles what was asked, asks how things stand where a half is late, rekeys where it is time.
   */
  private Optional<Refusal> meet() {
    Optional<Refusal> problem = requests.settle().refusal();
    if (problem.isPresent()) {
      return problem;
    }
    boolean isAnyLate =
        core.state().outbox().stream().anyMatch(entry -> core.now() > entry.notAfterMillis());
    return isAnyLate ? reunion.ask().refusal() : rekeyer.rekeyIfDue().refusal();
  }

  private boolean isLost(OutboxEntry entry) {
    return core.state()
        .ended(entry.epoch(), entry.n())
        .map(ended -> ended.ending() == Ending.NOT_ACCEPTED)
        .orElse(false);
  }

  /** The epoch of an enrolled device, or -1. */
  private static long epoch(DeviceState state) {
    Bound bound = state.bound();
    return bound == null ? -1 : bound.sequence().epoch();
  }
}
