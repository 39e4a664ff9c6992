package org.tallystick.answer;

/**
 * An answer on its way out.
 *
 * @param pickup token with which the device asks, 16 bytes
 * @param sealed for that device alone
 */
public record ReadyAnswer(byte[] pickup, byte[] sealed) {
  @Override
  public String toString() {
    return "ReadyAnswer(" + sealed.length + " bytes)";
  }
}
