package org.tallystick.stage;

import java.util.List;

/**
 * One step of a transaction's way: messages in, one database transaction, messages out.
 *
 * <p>It may be given the same message again at any time; the second time changes nothing.
 */
public interface Stage {
  /** Largest batch. */
  int MAX_BATCH = 32;

  /**
   * Works a batch off. When it returns, every effect is committed.
   *
   * @throws RuntimeException if a message could not be worked off; the others of the batch are
   */
  void take(List<Delivery> batch);

  /** Whether what the stage needs is there; if not, no message is to blame for a failure. */
  boolean isReady();
}
