package org.tallystick.device;

import java.util.ArrayList;
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
   * After a bank restore and the rekey that follows it: where the bank's log is shorter than the
   * device's, or another one, the device goes on from the bank's line.
   */
  Result<Boolean> settle(StatusResult bank) {
    Bound bound = core.state().bound();
    return bound == null || bound.log().isSettled()
        ? Result.ok(false)
        : differs(bound.log(), bank)
            .then(
                other ->
                    other
                        ? lastLines(bank).then(lines -> settled(bound.log(), cut(bank, lines)))
                        : settled(bound.log(), bound.log().settled()));
  }

  private Result<Boolean> settled(DeviceLog before, DeviceLog after) {
    synchronized (core.file()) {
      Bound bound = core.state().bound();
      if (bound == null || !bound.log().equals(before)) {
        return Result.refused("A5", "the log went on while it was compared with the bank's");
      }
      core.file().store(core.state().with(bound.with(after)));
      boolean isCut = !Arrays.equals(before.head(), after.head());
      if (isCut) {
        core.events().logRolledBack(after.index());
      }
      return Result.ok(isCut);
    }
  }

  private Result<Boolean> differs(DeviceLog own, StatusResult bank) {
    if (bank.logIndex() <= own.index()) {
      return Result.ok(bank.logIndex() < own.index() || !Arrays.equals(bank.logHead(), own.head()));
    }
    long next = own.index() + 1;
    return range(next, next)
        .then(
            log ->
                log.lines().size() == 1
                    ? Result.ok(!own.isNext(log.lines().get(0)))
                    : Result.refused("A5", "the bank does not give the line that it says it has"));
  }

  /**
   * The bank's last lines, up to {@value DeviceLog#MAX_FILLED}: answers and notices that are still
   * to be taken carry them.
   */
  private Result<List<LogLine>> lastLines(StatusResult bank) {
    List<LogLine> lines = new ArrayList<>();
    long from = Math.max(1, bank.logIndex() - DeviceLog.MAX_FILLED + 1);
    while (from <= bank.logIndex()) {
      long to = Math.min(bank.logIndex(), from + RequestArguments.Log.MAX_LINES - 1);
      Result<RequestResult.Log> some = range(from, to);
      Optional<Refusal> refusal = some.refusal();
      if (refusal.isPresent()) {
        return Result.refused(refusal.get());
      }
      if (some.orElseThrow().lines().isEmpty()) {
        break;
      }
      lines.addAll(some.orElseThrow().lines());
      from = lines.get(lines.size() - 1).index() + 1;
    }
    return lines.isEmpty() || isChain(lines, bank)
        ? Result.ok(lines)
        : Result.refused("A5", "the bank's lines do not lead to the head that it names");
  }

  private static boolean isChain(List<LogLine> lines, StatusResult bank) {
    LogLine before = null;
    for (LogLine line : lines) {
      byte[] head = before == null ? line.column1() : before.head();
      long index = before == null ? line.index() : before.index() + 1;
      if (!line.extendsHead(index, head)) {
        return false;
      }
      before = line;
    }
    return before != null
        && before.index() == bank.logIndex()
        && Arrays.equals(before.head(), bank.logHead());
  }

  private static DeviceLog cut(StatusResult bank, List<LogLine> lines) {
    List<DeviceLog.Filled> filled =
        lines.stream().map(line -> new DeviceLog.Filled(line.index(), line.head())).toList();
    return new DeviceLog(bank.logIndex(), bank.logHead(), filled, true);
  }
}
