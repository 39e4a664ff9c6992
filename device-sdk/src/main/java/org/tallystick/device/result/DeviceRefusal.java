package org.tallystick.device.result;

/**
 * What the device itself refuses: a check of the protocol that failed, or a call out of place.
 *
 * @param step the protocol's step such as {@code A3} or {@code B2}, or a word such as {@code
 *     not-enrolled}
 * @param title one short sentence
 */
public record DeviceRefusal(String step, String title) implements Refusal {
  @Override
  public String type() {
    return "urn:tallystick:device:" + step;
  }
}
