package org.tallystick.code;

import org.tallystick.crypto.Secret;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.NumberAt;

/**
 * What the bank finds when it opens a code.
 *
 * <p>Source: docs/PROTOCOL.md section 5.2.
 */
public sealed interface OpenResult {
  /**
   * Nothing may change and nobody may be told: the code proves nothing about its sender.
   *
   * @param step that failed, O1 to O5
   */
  record Dropped(String step) implements OpenResult {}

  /**
   * The one-time key was right, so the chain is known to somebody who is not the device as we bound
   * it, or the device was copied. The number is used up, the device is to be suspended.
   *
   * @param step that failed, O6 to O9b
   * @param at number used up
   * @param codeHash 32 bytes
   * @param replyRoot root of the answer's keys
   * @param next sequencer state to store
   */
  record Compromised(String step, NumberAt at, byte[] codeHash, Secret replyRoot, DeviceEpochs next)
      implements OpenResult {
    /** Whether the signature holds and the history does not: two copies of one device. */
    public boolean isFork() {
      return step.startsWith("O9");
    }
  }

  /**
   * Authentic, and made in an epoch from before a restore of the bank (O9c). The number is used up,
   * the half is refused with {@link Refusal#REKEY_FIRST} and has no other effect.
   *
   * @param half what it says
   * @param next sequencer state to store
   */
  record RekeyFirst(OpenedHalf half, DeviceEpochs next) implements OpenResult {}

  /**
   * Authentic in every cryptographic respect; whether it is good is for {@link HalfCheck}.
   *
   * @param half what it says
   * @param next sequencer state to store
   */
  record Opened(OpenedHalf half, DeviceEpochs next) implements OpenResult {}
}
