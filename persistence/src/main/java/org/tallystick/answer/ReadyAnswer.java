package org.tallystick.answer;

/**
 * What is on its way out to a device: its final answer, a notice, or a message of progress.
 *
 * @param pickup token with which the device asks, 16 bytes
 * @param sealed for that device alone
 * @param isLast whether nothing follows under the token: not so for progress
 */
public record ReadyAnswer(byte[] pickup, byte[] sealed, boolean isLast) {
  /** An answer or a notice. */
  public ReadyAnswer(byte[] pickup, byte[] sealed) {
    this(pickup, sealed, true);
  }

  /** A message of progress. */
  public static ReadyAnswer progress(byte[] pickup, byte[] sealed) {
    return new ReadyAnswer(pickup, sealed, false);
  }

  @Override
  public String toString() {
    return "ReadyAnswer(" + sealed.length + " bytes)";
  }
}
