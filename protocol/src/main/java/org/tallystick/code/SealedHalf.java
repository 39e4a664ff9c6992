package org.tallystick.code;

import org.tallystick.crypto.Secret;

/**
 * A code that is ready to be stored and then sent, and the state after it.
 *
 * @param text the code, exact bytes
 * @param codeHash 32 bytes
 * @param half the COSE_Sign1 inside, for the device's own evidence
 * @param epoch of the sequencer
 * @param n sequencer number
 * @param replyRoot root of the answer's keys, 32 bytes
 * @param next the sequence to store in place of the old one
 */
public record SealedHalf(
    String text,
    byte[] codeHash,
    byte[] half,
    long epoch,
    long n,
    Secret replyRoot,
    DeviceSequence next) {
  @Override
  public String toString() {
    return "SealedHalf[epoch=" + epoch + ", n=" + n + "]";
  }
}
