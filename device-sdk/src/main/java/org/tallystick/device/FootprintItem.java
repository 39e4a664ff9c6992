package org.tallystick.device;

/**
 * One thing that a device may tell of itself at enrolment, and why the bank asks. An app shows the
 * list; what the person does not consent to leaves the device as an empty text.
 *
 * <p>Source: docs/PROTOCOL.md E3; TSE-04.
 */
public enum FootprintItem {
  /** Who made the device. */
  MANUFACTURER("Who made the device", "tells you your devices apart in the bank's list"),
  /** What it is called. */
  MODEL("The model's name", "tells you your devices apart in the bank's list"),
  /** Serial number. */
  SERIAL("The serial number", "shows in a dispute that it was this device and no other"),
  /** Operating system and version. */
  PLATFORM("The operating system", "lets the bank warn of a system that is known to be unsafe");

  private final String title;
  private final String reason;

  FootprintItem(String title, String reason) {
    this.title = title;
    this.reason = reason;
  }

  /** What is told, for the person. */
  public String title() {
    return title;
  }

  /** What it is good for, for the person. */
  public String reason() {
    return reason;
  }
}
