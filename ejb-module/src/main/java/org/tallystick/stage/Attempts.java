package org.tallystick.stage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** Runs a transaction again where another one was in the way. */
public final class Attempts {
  private static final Logger LOG = System.getLogger(Attempts.class.getName());
  private static final int MOST = 4;

  private Attempts() {}

  /** What the transaction gives; the last failure where none of the attempts got through. */
  public static <T> T run(Supplier<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (RuntimeException failure) {
        if (attempt == MOST || !LockConflict.causedBy(failure)) {
          throw failure;
        }
        LOG.log(Level.DEBUG, "another transaction was in the way, trying again");
      }
    }
  }
}
