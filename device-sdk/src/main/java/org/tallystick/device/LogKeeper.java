package org.tallystick.device;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.DeviceLog;
import org.tallystick.log.LogLine;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestResult;
import org.tallystick.request.StatusResult;

/**
 * Keeps the device's copy of its log without gaps: lines whose answer never came are fetched alone.
 *
 * <p>Source: docs/PROTOCOL.md sections 9 and 10, kind 3; TSE-15.
 */
final class LogKeeper {
  private static final int MAX_ROUNDS = 32;

  private final Core core;
  private final RequestDesk requests;

  LogKeeper(Core core, RequestDesk requests) {
    this.core = core;
    this.requests = requests;
  }

  /** Lines from the bank, nothing is kept. */
  Result<RequestResult.Log> range(long from, long to) {
    return requests
        .ask(new RequestArguments.Log(from, to))
        .then(
            done ->
                done instanceof RequestResult.Log log
                    ? Result.ok(log)
                    : Result.refused("R10", "a reply of another kind"));
  }

  /**
   * Fetches lines until the log goes as far as the bank's.
   *
   * @param last index of the bank's last line
   * @return how many lines came
   */
  Result<Integer> fillTo(long last) {
    int filled = 0;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      long from = core.active(core.state()).value().map(Bound::logIndex).orElse(last) + 1;
      if (from > last) {
        break;
      }
      Result<Integer> some =
          range(from, Math.min(last, from + RequestArguments.Log.MAX_LINES - 1)).then(this::fill);
      Optional<Refusal> refusal = some.refusal();
      if (refusal.isPresent()) {
        return Result.refused(refusal.get());
      }
      if (some.orElseThrow() == 0) {
        break; // it went on meanwhile, or the bank gives no more
      }
      filled += some.orElseThrow();
    }
    return Result.ok(filled);
  }

  private Result<Integer> fill(RequestResult.Log log) {
    synchronized (core.file()) {
      return core.active(core.state())
          .then(
              bound -> {
                DeviceLog held = bound.log();
                int taken = 0;
                for (LogLine line : log.lines()) {
                  if (line.index() <= held.index()) {
                    continue; // its answer was quicker
                  }
                  if (!held.isNext(line)) {
                    return Result.refused("A5", "the log line does not follow this device's log");
                  }
                  held = held.fill(line);
                  taken++;
                }
                if (taken > 0) {
                  core.file().store(core.state().with(bound.with(held)));
                  core.events().logLine(held.index(), held.head());
                }
                return Result.ok(taken);
              });
    }
  }

  /**
   * After a bank restore and the rekey that follows it: the bank's log is shorter than the
   * device's, or another one, and the device goes on from the bank's line.
   */
  void rollBack(StatusResult bank) {
    synchronized (core.file()) {
      Bound bound = core.state().bound();
      if (bound != null && differs(bound.log(), bank)) {
        DeviceLog cut = new DeviceLog(bank.logIndex(), bank.logHead(), List.of());
        core.file().store(core.state().with(bound.with(cut)));
        core.events().logRolledBack(bank.logIndex());
      }
    }
  }

  private static boolean differs(DeviceLog own, StatusResult bank) {
    return bank.logIndex() < own.index()
        || (bank.logIndex() == own.index() && !Arrays.equals(bank.logHead(), own.head()));
  }
}
