package org.tallystick.sequencer;

import org.tallystick.crypto.Secret;

/**
 * The secret of one epoch that requests are made with and the next epoch grows from; it opens no
 * code.
 *
 * <p>Source: docs/PROTOCOL.md sections R and R.2.
 *
 * @param epoch from 0
 * @param root root(e), 32 bytes
 */
public record EpochRoot(long epoch, Secret root) {
  @Override
  public String toString() {
    return "EpochRoot[epoch=" + epoch + "]";
  }
}
