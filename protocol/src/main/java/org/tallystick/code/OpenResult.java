package org.tallystick.code;

import org.tallystick.crypto.Secret;
import org.tallystick.sequencer.SequencerState;

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
   * @param step that failed, O6 to O9
   * @param n number used up
   * @param codeHash 32 bytes
   * @param replyRoot root of the answer's keys
   * @param next sequencer state to store
   */
  record Compromised(String step, long n, byte[] codeHash, Secret replyRoot, SequencerState next)
      implements OpenResult {}

  /**
   * Authentic in every cryptographic respect; whether it is good is for {@link HalfCheck}.
   *
   * @param half what it says
   * @param next sequencer state to store
   */
  record Opened(OpenedHalf half, SequencerState next) implements OpenResult {}
}
