package org.tallystick.device.state;

import org.tallystick.crypto.Secret;

/**
 * Where the device is in the chain of keys for the bank's notices.
 *
 * <p>Source: docs/PROTOCOL.md section 11.
 *
 * @param epoch of the chain
 * @param k number of the next notice, from 1
 * @param secret down(epoch, k), 32 bytes
 * @param last number of the last notice that is known to be there; of an epoch that has ended, the
 *     last there will be
 */
public record DownChain(long epoch, long k, Secret secret, long last) {
  /** Whether a notice is known to be there that was not taken. */
  public boolean lags() {
    return k <= last;
  }

  /** The bank says how many there are. */
  public DownChain upTo(long made) {
    return new DownChain(epoch, k, secret, Math.max(last, made));
  }

  @Override
  public String toString() {
    return "DownChain[epoch=" + epoch + ", k=" + k + "]";
  }
}
