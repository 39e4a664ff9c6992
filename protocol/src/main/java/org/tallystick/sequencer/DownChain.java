package org.tallystick.sequencer;

import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;

/**
 * The chain of what the bank says first, in one epoch: notice k has keys of its own, and whoever
 * holds the chain after it opens nothing older. Both sides keep one; neither ever goes back.
 *
 * <p>Source: docs/PROTOCOL.md section N.
 *
 * @param epoch it belongs to
 * @param k number of the next notice, from 1
 * @param down down(e, k), 32 bytes
 */
public record DownChain(long epoch, long k, Secret down) {
  /** The chain of a fresh epoch. */
  public static DownChain initial(long epoch, Secret down) {
    return new DownChain(epoch, 1, Secret.copyOf(down.reveal()));
  }

  /** How many notices lie behind it. */
  public long made() {
    return k - 1;
  }

  /** Keys of the next notice. */
  public NoticeKeys keys(Suite suite, byte[] deviceId) {
    return new NoticeKeys(this, suite, deviceId);
  }

  /** The chain after the next notice. */
  public DownChain next(Suite suite, byte[] deviceId) {
    return new DownChain(epoch, k + 1, keys(suite, deviceId).nextDown());
  }

  @Override
  public String toString() {
    return "DownChain[epoch=" + epoch + ", k=" + k + "]";
  }
}
