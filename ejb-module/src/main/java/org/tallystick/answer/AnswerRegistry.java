package org.tallystick.answer;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who on this node waits for which answer.
 *
 * <p>Whoever waits registers first and looks into the database afterwards: an answer that is stored
 * before the look is found by it, and one that is stored later is announced to the registration.
 * Each waiter is given its answer at most once, whichever way it comes, and before that each
 * message of progress at most once.
 */
@ApplicationScoped
public class AnswerRegistry {
  /** Waiters that one node holds at most. */
  public static final int MAX_WAITERS = 50_000;

  /** Messages of progress that there are of one half at most. */
  private static final int MAX_PROGRESS = 8;

  private static final Logger LOG = System.getLogger(AnswerRegistry.class.getName());

  private final ConcurrentMap<ByteBuffer, List<Waiter>> waiters = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /** Somebody who waits; closing it ends the waiting. */
  public final class Waiter implements AutoCloseable {
    private final ByteBuffer pickup;
    private final Consumer<ReadyAnswer> then;
    private final AtomicBoolean done = new AtomicBoolean();
    private final Set<ByteBuffer> progress = new LinkedHashSet<>();

    private Waiter(ByteBuffer pickup, Consumer<ReadyAnswer> then) {
      this.pickup = pickup;
      this.then = then;
    }

    /** Hands over an answer, or progress that is new, unless the waiting has ended. */
    public void deliver(ReadyAnswer answer) {
      if (answer.isLast() ? leave() : isNews(answer)) {
        then.accept(answer);
      }
    }

    private boolean isNews(ReadyAnswer message) {
      synchronized (progress) {
        return !done.get()
            && progress.size() < MAX_PROGRESS
            && progress.add(ByteBuffer.wrap(message.sealed()));
      }
    }

    /** The progress that was delivered so far, in order. */
    public List<byte[]> progress() {
      synchronized (progress) {
        return progress.stream().map(AnswerRegistry::bytes).toList();
      }
    }

    @Override
    public void close() {
      leave();
    }

    /** Whether this call ended the waiting. */
    private boolean leave() {
      if (!done.compareAndSet(false, true)) {
        return false;
      }
      waiters.computeIfPresent(pickup, (key, others) -> without(others));
      count.decrementAndGet();
      return true;
    }

    private @Nullable List<Waiter> without(List<Waiter> others) {
      List<Waiter> rest = new ArrayList<>(others);
      rest.remove(this);
      return rest.isEmpty() ? null : List.copyOf(rest);
    }
  }

  /** Whether the node takes further waiters. */
  public boolean hasRoom() {
    return count.get() < MAX_WAITERS;
  }

  /**
   * Registers a waiter; now look into the database, and deliver what is there.
   *
   * @param then takes the answer, and what progress comes before it
   */
  public Waiter register(byte[] pickup, Consumer<ReadyAnswer> then) {
    ByteBuffer key = ByteBuffer.wrap(pickup.clone());
    Waiter waiter = new Waiter(key, then);
    count.incrementAndGet();
    waiters.merge(
        key,
        List.of(waiter),
        (others, mine) -> {
          List<Waiter> all = new ArrayList<>(others);
          all.addAll(mine);
          return List.copyOf(all);
        });
    return waiter;
  }

  /** Answers are stored: tells whoever waits for them here. */
  public void arrived(Collection<ReadyAnswer> answers) {
    for (ReadyAnswer answer : answers) {
      List<Waiter> waiting = waiters.get(ByteBuffer.wrap(answer.pickup()));
      if (waiting != null) {
        waiting.forEach(waiter -> tell(waiter, answer));
      }
    }
  }

  private static void tell(Waiter waiter, ReadyAnswer answer) {
    try {
      waiter.deliver(answer);
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "a waiter is gone", e);
    }
  }

  /** The tokens that somebody waits for, at one moment. */
  public List<byte[]> pickups() {
    return waiters.keySet().stream().map(AnswerRegistry::bytes).toList();
  }

  private static byte[] bytes(ByteBuffer key) {
    byte[] copy = new byte[key.remaining()];
    key.duplicate().get(copy);
    return copy;
  }

  /** How many wait. */
  public int waiting() {
    return count.get();
  }
}
