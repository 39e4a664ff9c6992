package org.tallystick.notice;

import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.log.LogLine;

/**
 * One thing that the bank says to one device without being asked.
 *
 * <p>Source: docs/PROTOCOL.md section N, body.
 *
 * @param deviceId that it is for, 16 bytes
 * @param epoch of its down chain
 * @param k number in that chain, from 1
 * @param subject what it is about
 * @param timeMillis bank clock
 * @param line of the log of the device that it is for
 */
public record Notice(
    byte[] deviceId, long epoch, long k, NoticeSubject subject, long timeMillis, LogLine line) {
  private static final int MAX_SUBJECT = 1024;

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(deviceId))
        .put(2, Cbor.of(epoch))
        .put(3, Cbor.of(k))
        .put(4, Cbor.of(subject.kind()))
        .put(5, Cbor.of(timeMillis))
        .put(6, Cbor.of(subject.encode()))
        .put(7, line.toCbor())
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static Notice decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    Notice notice =
        new Notice(
            map.bytes(1, 16),
            map.integer(2, 0, Integer.MAX_VALUE),
            map.integer(3, 1, Integer.MAX_VALUE),
            NoticeSubject.decode(map.integer(4), map.bytes(6, 1, MAX_SUBJECT)),
            map.integer(5, 0, Long.MAX_VALUE),
            LogLine.of(map.value(7)));
    map.end();
    return notice;
  }

  @Override
  public String toString() {
    return "Notice[kind=" + subject.kind() + ", epoch=" + epoch + ", k=" + k + "]";
  }
}
