package org.tallystick.stage;

import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a transaction failed only because another one was in its way. */
public final class LockConflict {
  private static final int MAX_CAUSES = 16;

  /** Deadlock, lock not available, serialization failure. */
  private static final Set<String> STATES = Set.of("40P01", "55P03", "40001");

  private LockConflict() {}

  /** Looks through the causes; the same work may succeed when it is done again. */
  public static boolean causedBy(Throwable thrown) {
    @Nullable Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof OptimisticLockException) {
        return true;
      }
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && STATES.contains(sql.getSQLState())) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
