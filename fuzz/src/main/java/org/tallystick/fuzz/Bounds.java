package org.tallystick.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What one input may cost: bytes allocated and processor time of its thread. An input over a bound
 * is tried again and only counts if it stays over it, since class loading and compiling happen
 * once.
 *
 * @param allocatedBytes besides {@value #BYTES_PER_BYTE} for each byte of input
 * @param cpu processor time
 */
public record Bounds(long allocatedBytes, Duration cpu) {
  /** For a parser of ours, with what its signatures cost. */
  static final Bounds USUAL = new Bounds(4L << 20, Duration.ofMillis(500));

  private static final long BYTES_PER_BYTE = 1024;
  private static final int TRIES = 3;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What one input has cost. */
  record Cost(long allocatedBytes, long cpuNanos) {}

  /**
   * Gives the input to the parser.
   *
   * @return whether it was accepted
   * @throws BrokenRuleError where a bound or a rule of the parser is broken
   */
  boolean check(Parser parser, byte[] input) {
    for (int left = TRIES - 1; ; left--) {
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long nanos = THREADS.getCurrentThreadCpuTime();
      boolean accepted = parser.accepts(input);
      Cost cost =
          new Cost(
              THREADS.getCurrentThreadAllocatedBytes() - bytes,
              THREADS.getCurrentThreadCpuTime() - nanos);
      if (holds(cost, input)) {
        return accepted;
      }
      if (left == 0) {
        throw new BrokenRuleError(
            "%d bytes of input took %d bytes of memory and %d ms"
                .formatted(input.length, cost.allocatedBytes, cost.cpuNanos / 1_000_000));
      }
    }
  }

  private boolean holds(Cost cost, byte[] input) {
    return cost.allocatedBytes <= allocatedBytes + BYTES_PER_BYTE * input.length
        && cost.cpuNanos <= cpu.toNanos();
  }
}
