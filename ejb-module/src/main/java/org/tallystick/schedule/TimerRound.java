package org.tallystick.schedule;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * What all timers have in common: a tick passes while this node is still at the round before, the
 * work is done only by the node that has claimed it, and what fails is left for the next tick.
 */
public final class TimerRound {
  private final Logger log;
  private final String failure;
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * @param of whose rounds they are
   * @param failure what the log says of a round that fails
   */
  public TimerRound(Class<?> of, String failure) {
    this.log = System.getLogger(of.getName());
    this.failure = failure;
  }

  /** One round, if it is this node's. */
  public void run(BooleanSupplier claim, Runnable work) {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    try {
      if (claim.getAsBoolean()) {
        work.run();
      }
    } catch (RuntimeException e) {
      // a later tick tries again; a timer that throws would be given up by the server
      log.log(Level.WARNING, failure, e);
    } finally {
      busy.set(false);
    }
  }
}
