package org.tallystick.bench.stage;

import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.tallystick.bench.stage.server.Half;

/**
 * An endless row of halves: numbers 2t and 2t+1 are the two halves of transaction t.
 *
 * <p>Payers spread over all devices; a tenth of the payees are ten busy providers.
 */
final class HalfSource {
  private static final int BODY_BYTES = 520;
  private static final int BUSY = 10;

  private final long seed;
  private final String body = "x".repeat(BODY_BYTES);
  private final AtomicInteger next = new AtomicInteger();

  HalfSource(long seed) {
    this.seed = seed;
  }

  /** Takes the next number. */
  int take() {
    return next.getAndIncrement();
  }

  /** Returns the half of a number; the same seed and number give the same half. */
  Half half(int number) {
    SplittableRandom random = new SplittableRandom(seed * 31 + number);
    boolean payee = number % 2 == 1;
    int devices = payee && random.nextInt(BUSY) == 0 ? BUSY : StageDatabase.DEVICES;
    return new Half(
        new UUID(seed, number / 2),
        payee ? 2 : 1,
        random.nextInt(devices),
        number,
        System.currentTimeMillis(),
        body);
  }

  /** Returns a half that reads well and that the database refuses. */
  Half poison(int number) {
    return new Half(new UUID(~seed, number), 9, 0, -1L - number, System.currentTimeMillis(), body);
  }
}
