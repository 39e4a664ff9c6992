package org.tallystick.stage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a batch in one transaction. Where another transaction is in the way it tries again; where
 * that does not help, each message gets a transaction of its own, so that a bad one ends only
 * itself.
 *
 * @param <R> what a transaction leaves to be done after its commit
 */
public final class BatchRunner<R> {
  private static final Logger LOG = System.getLogger(BatchRunner.class.getName());

  private final Function<List<Delivery>, R> transaction;
  private final Consumer<R> afterCommit;
  private final BooleanSupplier ready;

  /**
   * @param transaction does the work and commits
   * @param afterCommit sends what follows from it; it must not throw
   * @param ready whether the database answers
   */
  public BatchRunner(
      Function<List<Delivery>, R> transaction, Consumer<R> afterCommit, BooleanSupplier ready) {
    this.transaction = transaction;
    this.afterCommit = afterCommit;
    this.ready = ready;
  }

  /** Works the batch off; throws the first failure of a single message after all were tried. */
  public void run(List<Delivery> batch) {
    try {
      attempt(batch);
    } catch (RuntimeException failure) {
      if (batch.size() == 1 || !ready.getAsBoolean()) {
        throw failure;
      }
      LOG.log(Level.WARNING, "a batch of " + batch.size() + " failed, trying singles", failure);
      singly(batch);
    }
  }

  private void singly(List<Delivery> batch) {
    @Nullable RuntimeException first = null;
    for (Delivery delivery : batch) {
      try {
        attempt(List.of(delivery));
      } catch (RuntimeException failure) {
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void attempt(List<Delivery> batch) {
    afterCommit.accept(Attempts.run(() -> transaction.apply(batch)));
  }
}
