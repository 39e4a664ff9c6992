package org.tallystick.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Suite;

/**
 * One line of a device's stacked-hash log.
 *
 * <p>Source: docs/PROTOCOL.md section 9; TSE-15.
 *
 * @param index from 1
 * @param column1 hash of the previous line's two hashes, or the seed, 32 bytes
 * @param column2 hash of column 3, 32 bytes
 * @param column3 the data: index, time, kind, salted commitment
 */
public record LogLine(long index, byte[] column1, byte[] column2, byte[] column3) {
  private static final byte[] TAG = "tallystick line".getBytes(StandardCharsets.US_ASCII);

  /**
   * What column 3 says.
   *
   * @param index from 1
   * @param timeMillis bank clock
   * @param kind such as "decision"
   * @param commitment 32 bytes
   */
  public record Content(long index, long timeMillis, String kind, byte[] commitment) {}

  /** head(0), from what was bound. */
  public static byte[] seed(Suite suite, byte[] deviceId, byte[] bindingRecord) {
    return Sha256.of(
        Cbor.array(
                Cbor.of("tallystick log"),
                suite.toCbor(),
                Cbor.of(deviceId),
                Cbor.of(Sha256.of(bindingRecord)))
            .encode());
  }

  /** The line after {@code head}. */
  public static LogLine after(
      long index, byte[] head, long timeMillis, String kind, byte[] commitment) {
    byte[] column3 =
        Cbor.map()
            .put(1, Cbor.of(index))
            .put(2, Cbor.of(timeMillis))
            .put(3, Cbor.of(kind))
            .put(4, Cbor.of(commitment))
            .build()
            .encode();
    return new LogLine(index, head, Sha256.of(column3), column3);
  }

  /** H(cbor["tallystick commitment", salt, details]). */
  public static byte[] commitment(byte[] salt, byte[] details) {
    return Sha256.of(
        Cbor.array(Cbor.of("tallystick commitment"), Cbor.of(salt), Cbor.of(details)).encode());
  }

  /** head(index): column 1 of the next line. */
  public byte[] head() {
    return head(column1, column2);
  }

  /** head(index) of a line with these columns. */
  public static byte[] head(byte[] column1, byte[] column2) {
    return Sha256.of(TAG, column1, column2);
  }

  /** Column 3 read. */
  public Content content() {
    MapReader map = MapReader.of(Cbor.decode(column3));
    Content content =
        new Content(map.integer(1), map.integer(2), map.text(3, 32), map.bytes(4, 32));
    map.end();
    return content;
  }

  /** Whether the line stands at {@code index} after {@code head} and its columns fit. */
  public boolean extendsHead(long at, byte[] head) {
    return index == at
        && Arrays.equals(column1, head)
        && Arrays.equals(column2, Sha256.of(column3))
        && content().index() == at;
  }

  /** As item of an answer or bundle: [index, column 1, column 2, column 3]. */
  public Cbor toCbor() {
    return Cbor.array(Cbor.of(index), Cbor.of(column1), Cbor.of(column2), Cbor.of(column3));
  }

  /** Inverse of {@link #toCbor}. */
  public static LogLine of(Cbor item) {
    var parts = item.asArray(4);
    return new LogLine(
        parts.get(0).asLong(),
        parts.get(1).asBytes(32),
        parts.get(2).asBytes(32),
        parts.get(3).asBytes());
  }
}
