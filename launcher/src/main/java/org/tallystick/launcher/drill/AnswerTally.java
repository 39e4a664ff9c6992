package org.tallystick.launcher.drill;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.tallystick.device.transport.BankRoutes;

/**
 * How answers came: by push, or asked for although a web socket waited for them, or by long poll.
 *
 * <p>A push may get lost with the node that was to send it. One that got lost although no node and
 * no broker was being stopped around that time is unexplained.
 */
final class AnswerTally {
  private final Map<ByteBuffer, Long> dueAt = new ConcurrentHashMap<>();
  private final Map<ByteBuffer, Boolean> listening = new ConcurrentHashMap<>();
  private final Set<ByteBuffer> polling = ConcurrentHashMap.newKeySet();
  private final List<Long> pushNanos = Collections.synchronizedList(new ArrayList<>());
  private final List<Long> lostAt = Collections.synchronizedList(new ArrayList<>());
  private final List<Trouble> troubles = new CopyOnWriteArrayList<>();
  private final AtomicInteger fetched = new AtomicInteger();
  private final AtomicInteger polled = new AtomicInteger();
  private final Map<String, LongAdder> halvesAt = new ConcurrentHashMap<>();

  private record Trouble(long beginNanos, long endNanos) {
    boolean explains(long dueNanos) {
      return beginNanos < dueNanos && dueNanos < endNanos;
    }
  }

  /** The second half of a payment goes out now, so these answers are due. */
  void due(List<byte[]> pickups) {
    long now = System.nanoTime();
    pickups.forEach(pickup -> dueAt.put(ByteBuffer.wrap(pickup), now));
  }

  /** Whether this answer is waited for on a web socket, or will be asked for. */
  boolean waits(byte[] pickup) {
    ByteBuffer key = ByteBuffer.wrap(pickup);
    return listening.containsKey(key) || polling.contains(key);
  }

  /** These answers are asked for, without a web socket. */
  void polls(List<byte[]> pickups) {
    pickups.forEach(pickup -> polling.add(ByteBuffer.wrap(pickup)));
  }

  private boolean listens(byte[] pickup) {
    return listening.containsKey(ByteBuffer.wrap(pickup));
  }

  /** A socket may have broken, or a node may not have heard, between these times. */
  void trouble(long beginNanos, long endNanos) {
    troubles.add(new Trouble(beginNanos, endNanos));
  }

  BankRoutes.Watch ofPushes() {
    return new BankRoutes.Watch() {
      @Override
      public void listening(List<byte[]> pickups) {
        pickups.forEach(pickup -> listening.put(ByteBuffer.wrap(pickup), true));
      }

      @Override
      public void pushed(byte[] pickup) {
        Long due = dueAt.get(ByteBuffer.wrap(pickup));
        if (due != null) {
          pushNanos.add(System.nanoTime() - due);
        }
      }

      @Override
      public void fetched(byte[] pickup) {
        fetched.incrementAndGet();
        Long due = dueAt.get(ByteBuffer.wrap(pickup));
        if (due != null && listens(pickup)) {
          lostAt.add(due);
        }
      }
    };
  }

  BankRoutes.Watch ofPolls() {
    return new BankRoutes.Watch() {
      @Override
      public void reached(String baseUrl, String path) {
        if (path.endsWith("/codes")) {
          halvesAt.computeIfAbsent(baseUrl, any -> new LongAdder()).increment();
        }
      }

      @Override
      public void fetched(byte[] pickup) {
        polled.incrementAndGet();
      }
    };
  }

  int pushed() {
    return pushNanos.size();
  }

  /** Answers that a device with a web socket had to ask for. */
  int fetched() {
    return fetched.get();
  }

  int polled() {
    return polled.get();
  }

  /** Lost pushes without a reason. */
  long unexplained() {
    List<Trouble> known = List.copyOf(troubles);
    return List.copyOf(lostAt).stream()
        .filter(due -> known.stream().noneMatch(trouble -> trouble.explains(due)))
        .count();
  }

  /** Time from the second half's departure to the push within which this share came. */
  long pushMillis(double share) {
    List<Long> sorted = pushNanos.stream().sorted().toList();
    return sorted.isEmpty()
        ? -1
        : TimeUnit.NANOSECONDS.toMillis(sorted.get((int) ((sorted.size() - 1) * share)));
  }

  /** Halves that each node has answered. */
  Map<String, LongAdder> halvesAt() {
    return halvesAt;
  }
}
