package org.tallystick.bench.stage.server;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A message that looks like half of a payment: enough to lock, order and match by.
 *
 * @param transaction what the two halves share
 * @param role 1 for the payer's half, 2 for the payee's; the database refuses any other
 * @param device whose sequencer row is locked
 * @param n the device's own number of this half
 * @param sentAtMillis when the load client sent it, milliseconds since 1970
 * @param body filler up to the size of a real half
 */
public record Half(
    UUID transaction, int role, long device, long n, long sentAtMillis, String body) {
  private static final Pattern SEPARATOR = Pattern.compile("\\|");
  private static final int FIELDS = 6;

  /**
   * Reads the text form.
   *
   * @param text six fields separated by bars
   * @return the half
   * @throws IllegalArgumentException if the text has another shape
   */
  public static Half parse(String text) {
    String[] fields = SEPARATOR.split(text, FIELDS);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("a half has " + FIELDS + " fields");
    }
    return new Half(
        UUID.fromString(fields[0]),
        Integer.parseInt(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]),
        fields[5]);
  }

  /** Returns the text form that {@link #parse} reads. */
  public String text() {
    return transaction + "|" + role + "|" + device + "|" + n + "|" + sentAtMillis + "|" + body;
  }
}
