package org.tallystick.code;

import java.util.Optional;

/** What the bank remembers of a device's numbers that are used up. */
public interface ConsumedCodes {
  /**
   * One used-up number.
   *
   * @param codeHash hash of the code that used it, 32 bytes
   * @param prev that the code carried, 16 bytes; zeros where it was compromised
   * @param number transaction number, text, that the code stood under
   */
  record Consumed(byte[] codeHash, byte[] prev, String number) {}

  /** The record of a number in an epoch. */
  Optional<Consumed> byNumber(long epoch, long n);
}
