package org.tallystick.answer;

import java.time.OffsetDateTime;

/**
 * A stored final answer.
 *
 * @param device index of the device
 * @param epoch of the code
 * @param n of the code
 * @param pickup token with which the device asks, 16 bytes
 * @param sealed the only bytes that are ever sent
 * @param madeAt bank clock
 */
public record AnswerRow(
    long device, long epoch, long n, byte[] pickup, byte[] sealed, OffsetDateTime madeAt) {
  /** The part that leaves the database. */
  public ReadyAnswer ready() {
    return new ReadyAnswer(pickup, sealed);
  }
}
