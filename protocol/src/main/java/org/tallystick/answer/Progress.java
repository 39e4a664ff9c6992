package org.tallystick.answer;

import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;

/**
 * How far a half is that has no final answer yet. It changes nothing but what the person sees.
 *
 * <p>Source: docs/PROTOCOL.md section 8.1.
 *
 * @param deviceId 16 bytes
 * @param epoch of the code
 * @param n of the code
 * @param codeHash 32 bytes
 * @param i number of the message, 1 to 8
 * @param stage 1: waiting for the other half
 * @param timeMillis bank clock
 * @param notAfterMillis of the half
 */
public record Progress(
    byte[] deviceId,
    long epoch,
    long n,
    byte[] codeHash,
    int i,
    int stage,
    long timeMillis,
    long notAfterMillis) {
  /** Name of the extension by which a half asks for progress messages; its value is one byte, 1. */
  public static final String EXTENSION = "progress";

  /** Most messages for a half. */
  public static final int MAX_MESSAGES = 8;

  /** Stage: waiting for the other half. */
  public static final int WAITING = 1;

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(deviceId))
        .put(2, Cbor.of(epoch))
        .put(3, Cbor.of(n))
        .put(4, Cbor.of(codeHash))
        .put(5, Cbor.of(i))
        .put(6, Cbor.of(stage))
        .put(7, Cbor.of(timeMillis))
        .put(8, Cbor.of(notAfterMillis))
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static Progress decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes, 256));
    Progress progress =
        new Progress(
            map.bytes(1, 16),
            map.integer(2, 0, Integer.MAX_VALUE),
            map.integer(3, 0, Long.MAX_VALUE),
            map.bytes(4, 32),
            (int) map.integer(5, 1, MAX_MESSAGES),
            (int) map.integer(6, WAITING, WAITING),
            map.integer(7, 0, Long.MAX_VALUE),
            map.integer(8, 0, Long.MAX_VALUE));
    map.end();
    return progress;
  }

  @Override
  public String toString() {
    return "Progress[stage=" + stage + ", n=" + n + ", i=" + i + "]";
  }
}
