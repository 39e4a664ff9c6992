package org.tallystick.bench.crypto;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What both sides took in one iteration, over all their turns: the thread's processor time in
 * nanoseconds, in which nothing else that the machine does is counted, and bytes allocated. Garbage
 * collections are outside of it: about one for ten thousand operations, a millisecond each.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Turns {
  /** Operations of one turn of one side. */
  static final int OPERATIONS = 20;

  private static final ThreadMXBean THREAD =
      (ThreadMXBean)
          ManagementFactory.getThreadMXBean(); // times and allocations: no other interface

  /** Operations of each side. */
  public long operations;

  /** Processor time of the protocol's turns. */
  public long protocolNanos;

  /** Processor time of the primitives' turns. */
  public long primitivesNanos;

  /** Bytes allocated in the protocol's turns. */
  public long protocolBytes;

  /** Bytes allocated in the primitives' turns. */
  public long primitivesBytes;

  private long nanos;
  private long bytes;

  void begin() {
    bytes = THREAD.getCurrentThreadAllocatedBytes();
    nanos = THREAD.getCurrentThreadCpuTime();
  }

  void protocolDone() {
    long now = THREAD.getCurrentThreadCpuTime();
    protocolNanos += now - nanos;
    long allocated = THREAD.getCurrentThreadAllocatedBytes();
    protocolBytes += allocated - bytes;
    bytes = allocated;
    nanos = THREAD.getCurrentThreadCpuTime();
  }

  void primitivesDone() {
    primitivesNanos += THREAD.getCurrentThreadCpuTime() - nanos;
    primitivesBytes += THREAD.getCurrentThreadAllocatedBytes() - bytes;
    operations += OPERATIONS;
  }
}
