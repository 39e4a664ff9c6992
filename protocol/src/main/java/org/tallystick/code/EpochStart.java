package org.tallystick.code;

import org.jspecify.annotations.Nullable;
import org.tallystick.sequencer.Epoch;

/**
 * How an epoch began on the device: what each of its codes says of the one before.
 *
 * <p>Source: docs/PROTOCOL.md section 4, S4 and S5.
 *
 * @param first its lowest number
 * @param closed next number of the epoch it was made from, at the switch; null in epoch 0
 * @param prev what the first code carries as prev, 16 bytes
 */
public record EpochStart(long first, @Nullable Long closed, byte[] prev) {
  /** The number after the last one that may be sealed (S4). */
  public long end() {
    return first + Epoch.NUMBERS;
  }
}
