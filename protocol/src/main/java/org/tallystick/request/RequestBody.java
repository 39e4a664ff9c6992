package org.tallystick.request;

import java.util.Optional;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.format.Format;

/**
 * What a device signs when it asks for something.
 *
 * <p>Source: docs/PROTOCOL.md section R, request.
 *
 * @param deviceId 16 bytes
 * @param epoch whose root the request is sealed under
 * @param kind number on the wire, known here or not
 * @param challenge the bank's, 32 bytes
 * @param timeMillis by the device's clock
 * @param arguments a CBOR map
 */
public record RequestBody(
    byte[] deviceId, long epoch, long kind, byte[] challenge, long timeMillis, byte[] arguments) {
  /** Type of the signature. */
  static final String TYPE = "request";

  private static final int MAX_BYTES = 6 * 1024;

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(Format.VERSION))
        .put(2, Cbor.of(deviceId))
        .put(3, Cbor.of(epoch))
        .put(4, Cbor.of(kind))
        .put(5, Cbor.of(challenge))
        .put(6, Cbor.of(timeMillis))
        .put(7, Cbor.of(arguments))
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static RequestBody decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes, MAX_BYTES));
    map.integer(1, Format.VERSION, Format.VERSION);
    RequestBody body =
        new RequestBody(
            map.bytes(2, 16),
            map.integer(3, 0, Integer.MAX_VALUE),
            map.integer(4),
            map.bytes(5, Challenges.LENGTH),
            map.integer(6, 0, Long.MAX_VALUE),
            map.bytes(7, 1, MAX_BYTES));
    map.end();
    MapReader.of(Cbor.decode(body.arguments()));
    return body;
  }

  /** The kind, if it is known here. */
  public Optional<RequestKind> knownKind() {
    return RequestKind.of(kind);
  }

  @Override
  public String toString() {
    return "RequestBody[kind=" + kind + ", epoch=" + epoch + "]";
  }
}
