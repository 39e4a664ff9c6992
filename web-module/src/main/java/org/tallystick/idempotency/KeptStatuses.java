package org.tallystick.idempotency;

import java.util.Set;

/**
 * Which answers are given again. Not those that say that the request never reached what it is for:
 * the client may then send a better one under the same key. Not failures: they have undone
 * everything.
 */
final class KeptStatuses {
  private static final int FIRST_FAILURE = 500;
  private static final Set<Integer> NOT_REACHED = Set.of(400, 401, 403, 405, 406, 413, 415, 429);

  private KeptStatuses() {}

  static boolean areKept(int status) {
    return status < FIRST_FAILURE && !NOT_REACHED.contains(status);
  }

  static boolean undo(int status) {
    return status >= FIRST_FAILURE;
  }
}
