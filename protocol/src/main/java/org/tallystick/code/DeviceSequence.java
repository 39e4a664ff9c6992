package org.tallystick.code;

import org.tallystick.crypto.Secret;
import org.tallystick.sequencer.Epoch;
import org.tallystick.sequencer.EpochSecrets;
import org.tallystick.sequencer.OneTimeKeys;

/**
 * A device's side of the sequencer, before its next code.
 *
 * <p>Source: docs/PROTOCOL.md section 4, S1, S4 and S5.
 *
 * @param epoch of the chain
 * @param start how the epoch began
 * @param n number of the next code
 * @param chain chain(n), 32 bytes
 * @param string2 32 bytes
 * @param prev first 16 bytes of the hash of the code before, zeros before the first of all
 */
public record DeviceSequence(
    long epoch, EpochStart start, long n, Secret chain, Secret string2, byte[] prev) {
  /** Numbers after which a device rekeys when it has a connection (S4). */
  public static final int REKEY_AFTER_NUMBERS = 100;

  /** Age of an epoch after which a device rekeys when it has a connection (S4). */
  public static final long REKEY_AFTER_MILLIS = 24 * 3_600_000L;

  /** Sequence after enrolment. */
  public static DeviceSequence initial(long first, Secret string1, Secret string2) {
    byte[] zeros = new byte[16];
    return new DeviceSequence(
        0, new EpochStart(first, null, zeros), first, string1, string2, zeros);
  }

  /**
   * Sequence after a rekey from this epoch (S5).
   *
   * @param newEpoch number of the fresh epoch
   */
  public DeviceSequence rekeyed(long newEpoch, EpochSecrets secrets) {
    return began(newEpoch, n, prev, secrets);
  }

  /**
   * Sequence after a rekey from the epoch before this one, which is what a device does whose bank
   * has lost this epoch: nothing of it is at the bank, so the fresh one goes on where this one did.
   */
  public DeviceSequence rekeyedFromPrevious(long newEpoch, EpochSecrets secrets) {
    Long closed = start.closed();
    if (closed == null) {
      throw new IllegalStateException("no epoch lies before epoch 0");
    }
    return began(newEpoch, closed, start.prev(), secrets);
  }

  private static DeviceSequence began(
      long newEpoch, long closed, byte[] prev, EpochSecrets secrets) {
    return new DeviceSequence(
        newEpoch,
        new EpochStart(secrets.first(), closed, prev),
        secrets.first(),
        Secret.copyOf(secrets.string1().reveal()),
        Secret.copyOf(secrets.string2().reveal()),
        prev);
  }

  /** The sequence after the code of {@link #n} was sealed. */
  DeviceSequence sealed(OneTimeKeys keys, byte[] codePrev) {
    return new DeviceSequence(epoch, start, n + 1, keys.nextChain(), string2, codePrev);
  }

  /** How many numbers of the epoch are used. */
  public long used() {
    return n - start.first();
  }

  /** Whether all {@value Epoch#NUMBERS} numbers of the epoch are used: no code until a rekey. */
  public boolean isExhausted() {
    return n >= start.end();
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

  @Override
  public String toString() {
    return "DeviceSequence[epoch=" + epoch + ", n=" + n + "]";
  }
}
