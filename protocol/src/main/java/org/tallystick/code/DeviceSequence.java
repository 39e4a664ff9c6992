package org.tallystick.code;

import org.tallystick.crypto.Secret;
import org.tallystick.sequencer.OneTimeKeys;

/**
 * A device's side of the sequencer, before its next code.
 *
 * <p>Source: docs/PROTOCOL.md section 4, S1.
 *
 * @param epoch of the chain
 * @param n number of the next code
 * @param chain chain(n), 32 bytes
 * @param string2 32 bytes
 * @param prev first 16 bytes of the hash of code n-1, zeros before the first
 */
public record DeviceSequence(long epoch, long n, Secret chain, Secret string2, byte[] prev) {
  /** Sequence after enrolment. */
  public static DeviceSequence initial(long first, Secret string1, Secret string2) {
    return new DeviceSequence(0, first, string1, string2, new byte[16]);
  }

  /** One-time keys of the next code. */
  public OneTimeKeys keys(DeviceBinding binding) {
    return OneTimeKeys.derive(chain, string2, binding.suite(), binding.deviceId(), epoch, n);
  }

  /** Transaction number that a bill made now would carry. */
  public String number(DeviceBinding binding) {
    try (OneTimeKeys keys = keys(binding)) {
      return TransactionNumber.text(keys.number());
    }
  }
}
