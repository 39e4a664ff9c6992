package org.tallystick.log;

import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;

/**
 * What the line of a notice commits to.
 *
 * <p>Source: docs/PROTOCOL.md section N.
 *
 * @param noticeKind number on the wire
 * @param subjectHash SHA-256 of the subject, 32 bytes
 */
public record NoticeDetails(long noticeKind, byte[] subjectHash) {
  /** Kind of a line that records a notice. */
  public static final String KIND = "notice";

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map().put(1, Cbor.of(noticeKind)).put(2, Cbor.of(subjectHash)).build().encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static NoticeDetails decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    NoticeDetails details = new NoticeDetails(map.integer(1), map.bytes(2, 32));
    map.end();
    return details;
  }
}
