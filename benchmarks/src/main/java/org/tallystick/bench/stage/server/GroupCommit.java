package org.tallystick.bench.stage.server;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers that each hold one half share a database transaction: whoever finds a free leader's
 * place commits up to 32 waiting halves, its own among them or not, until its own is done.
 */
final class GroupCommit {
  private static final class Item {
    private final Half half;
    private boolean done;
    private @Nullable SQLException failure;

    Item(Half half) {
      this.half = half;
    }
  }

  /** One leader: while it commits, the others gather a fuller batch. */
  private static final int LEADERS = 1;

  private final BatchWriter writer;
  private final Deque<Item> waiting = new ArrayDeque<>();
  private int leaders;

  GroupCommit(BatchWriter writer) {
    this.writer = writer;
  }

  /**
   * Returns once the half is committed.
   *
   * @throws SQLException if it could not be; the caller must not acknowledge
   */
  void store(Half half) throws SQLException, InterruptedException {
    Item own = new Item(half);
    List<Item> batch = join(own);
    while (!batch.isEmpty()) {
      commit(batch);
      batch = next(own);
    }
    if (own.failure != null) {
      throw own.failure;
    }
  }

  /** Queues the half without waiting: the planted defect {@code ack-first}. */
  void storeLater(Half half) {
    Thread thread =
        new Thread(
            () -> {
              try {
                store(half);
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits until the item is done (empty) or this caller leads (its first batch). */
  private synchronized List<Item> join(Item own) throws InterruptedException {
    waiting.add(own);
    while (!own.done && (leaders == LEADERS || waiting.isEmpty())) {
      wait();
    }
    if (own.done) {
      return List.of();
    }
    leaders++;
    return take();
  }

  /** Gives the place up once the own item is done, and wakes whoever may lead next. */
  private synchronized List<Item> next(Item own) throws InterruptedException {
    while (!own.done && waiting.isEmpty()) {
      wait();
    }
    if (!own.done) {
      return take();
    }
    leaders--;
    notifyAll();
    return List.of();
  }

  private List<Item> take() {
    List<Item> batch = new ArrayList<>(StageSettings.BATCH);
    while (batch.size() < StageSettings.BATCH && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
    return batch;
  }

  private void commit(List<Item> batch) {
    List<Half> halves = batch.stream().map(item -> item.half).distinct().toList();
    @Nullable SQLException outage = null;
    Map<Half, SQLException> failures = Map.of();
    try {
      failures = writer.store(halves);
    } catch (SQLException e) {
      outage = e;
    }
    synchronized (this) {
      for (Item item : batch) {
        item.failure = outage == null ? failures.get(item.half) : outage;
        item.done = true;
      }
      notifyAll();
    }
  }
}
