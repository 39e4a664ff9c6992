package org.tallystick.device;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tallystick.answer.Progress;
import org.tallystick.answer.SealedProgress;
import org.tallystick.code.DeviceBinding;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.HeldKeys;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.device.transport.BankConnection.PickedUp;
import org.tallystick.keys.BankKey;

/**
 * Hears progress messages, each once (G3). What does not hold is passed over: the answer decides.
 *
 * <p>Source: docs/PROTOCOL.md section 8.1.
 */
final class ProgressDesk {
  private static final Duration FIRST_WORD = Duration.ofSeconds(2);

  private final Core core;

  /** Number of the last message heard, by code hash, of halves that are open; under the file. */
  private final Map<ByteBuffer, Integer> heard = new HashMap<>();

  ProgressDesk(Core core) {
    this.core = core;
  }

  void hear(PickedUp told) {
    synchronized (core.file()) {
      Bound bound = core.state().bound();
      HeldKeys keys = core.state().keys();
      Optional<OutboxEntry> found =
          core.state().outbox().stream()
              .filter(entry -> Arrays.equals(entry.pickup(), told.pickup()))
              .findFirst();
      if (found.isEmpty() || bound == null || keys == null) {
        return;
      }
      OutboxEntry entry = found.get();
      ByteBuffer code = ByteBuffer.wrap(entry.codeHash());
      heard.keySet().removeIf(hash -> !isOpen(hash));
      // which message it is stands in its key alone
      IntStream.rangeClosed(heard.getOrDefault(code, 0) + 1, Progress.MAX_MESSAGES)
          .mapToObj(i -> open(told.sealed(), entry, i, bound, keys))
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(
              progress -> {
                heard.put(code, progress.i());
                core.events().waiting(entry.number(), progress);
              });
    }
  }

  /**
   * How long to wait for a half's answer: a bank that holds a poll tells of progress at its end
   * only, so the first word is not waited for long.
   */
  Duration patience(OutboxEntry entry, Duration wait) {
    boolean asks = entry.terms().extensions().other().containsKey(Progress.EXTENSION);
    synchronized (core.file()) {
      boolean waits = asks && !heard.containsKey(ByteBuffer.wrap(entry.codeHash()));
      return waits && wait.compareTo(FIRST_WORD) > 0 ? FIRST_WORD : wait;
    }
  }

  private boolean isOpen(ByteBuffer codeHash) {
    return core.state().outbox().stream()
        .anyMatch(entry -> ByteBuffer.wrap(entry.codeHash()).equals(codeHash));
  }

  private static Optional<Progress> open(
      byte[] sealed, OutboxEntry entry, int i, Bound bound, HeldKeys keys) {
    DeviceBinding own = bound.identity().binding();
    return keys.all(BankKey.ANSWER).stream()
        .map(
            bank ->
                SealedProgress.open(
                        sealed,
                        own.suite(),
                        own.consortium(),
                        own.deviceId(),
                        entry.epoch(),
                        entry.n(),
                        i,
                        entry.number(),
                        bank.key(),
                        entry.replyRoot())
                    .filter(told -> bank.notBeforeMillis() <= told.timeMillis())
                    .filter(told -> told.timeMillis() <= bank.notAfterMillis())
                    .filter(told -> Arrays.equals(told.codeHash(), entry.codeHash())))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
