package org.tallystick.bench.stage;

import java.util.Arrays;
import java.util.BitSet;

/** What the load client knows: which halves it sent, which were accepted, and how long it took. */
final class LoadTally {
  private static final int MAX_MICROS = 1_000_000;
  private static final int MICROS_PER_BUCKET = 20;

  private final BitSet sent = new BitSet();
  private final BitSet accepted = new BitSet();
  private final int[] latencies = new int[MAX_MICROS / MICROS_PER_BUCKET + 1];
  private int refused;

  synchronized void sending(int number) {
    sent.set(number);
  }

  synchronized void answered(int number, int status, long nanos) {
    if (status == LoopbackHttp.ACCEPTED) {
      accepted.set(number);
      long micros = Math.min(MAX_MICROS, nanos / 1_000);
      latencies[(int) (micros / MICROS_PER_BUCKET)]++;
    } else {
      refused++;
    }
  }

  synchronized int sent() {
    return sent.cardinality();
  }

  synchronized int accepted() {
    return accepted.cardinality();
  }

  synchronized int refused() {
    return refused;
  }

  synchronized BitSet acceptedNumbers() {
    return (BitSet) accepted.clone();
  }

  /** Returns the latency in milliseconds that the given share of answers stayed below. */
  synchronized double latencyMillis(double share) {
    long left = (long) (share * Arrays.stream(latencies).asLongStream().sum());
    for (int i = 0; i < latencies.length; i++) {
      left -= latencies[i];
      if (left < 0) {
        return (i + 1) * MICROS_PER_BUCKET / 1_000.0;
      }
    }
    return 0;
  }

  /** Forgets the latencies so far; the warm-up's do not count. */
  synchronized void forgetLatencies() {
    Arrays.fill(latencies, 0);
  }
}
