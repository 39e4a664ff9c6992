package org.tallystick.code;

/**
 * One used-up number of one device.
 *
 * @param device index of the device
 * @param epoch of its sequencer
 * @param n of its sequencer
 * @param codeHash 32 bytes
 * @param prev that the code carried, 16 bytes; zeros where it could not be read
 * @param number transaction number, text
 */
public record ConsumedRow(
    long device, long epoch, long n, byte[] codeHash, byte[] prev, String number) {
  /** Bytes of {@code prev}. */
  public static final int PREV_LENGTH = 16;

  /** As the protocol sees it. */
  public ConsumedCodes.Consumed consumed() {
    return new ConsumedCodes.Consumed(codeHash, prev, number);
  }
}
