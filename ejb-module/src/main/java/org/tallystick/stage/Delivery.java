package org.tallystick.stage;

/**
 * One message that a stage is given.
 *
 * @param text a code or a hint
 * @param receivedAtMillis bank clock when it was on disk
 */
public record Delivery(String text, long receivedAtMillis) {
  @Override
  public String toString() {
    return "Delivery(" + text.length() + " characters)";
  }
}
