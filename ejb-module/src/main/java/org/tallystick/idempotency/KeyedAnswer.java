package org.tallystick.idempotency;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;

/**
 * An answer as it is given again: canonical CBOR map 1 status, 2 body, 3 array of header names and
 * values in turn.
 *
 * @param status of HTTP
 * @param body its bytes, empty for none
 * @param headers those that belong to the answer, as Content-Type and Location
 */
public record KeyedAnswer(int status, byte[] body, Map<String, String> headers) {
  /** The longest body that is kept. */
  public static final int MAX_BODY = 256 * 1024;

  private static final int MAX_ENCODED = MAX_BODY + 4_096;
  private static final int MAX_HEADER = 1_024;

  /**
   * @throws IllegalArgumentException if the body is longer than {@link #MAX_BODY}
   */
  public KeyedAnswer {
    if (body.length > MAX_BODY) {
      throw new IllegalArgumentException("an answer of " + body.length + " bytes is not kept");
    }
    headers = Map.copyOf(headers);
  }

  byte[] encode() {
    List<Cbor> lines = new ArrayList<>();
    new TreeMap<>(headers)
        .forEach(
            (name, value) -> {
              lines.add(Cbor.of(name));
              lines.add(Cbor.of(value));
            });
    return Cbor.map()
        .put(1, Cbor.of(status))
        .put(2, Cbor.of(body))
        .put(3, Cbor.array(lines))
        .build()
        .encode();
  }

  static KeyedAnswer decode(byte[] encoded) {
    MapReader members = MapReader.of(Cbor.decode(encoded, MAX_ENCODED));
    int status = (int) members.integer(1, 200, 599);
    byte[] body = members.bytes(2, 0, MAX_BODY);
    List<Cbor> lines = members.value(3).asArray();
    members.end();
    Map<String, String> headers = new TreeMap<>();
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      headers.put(lines.get(i).asText(MAX_HEADER), lines.get(i + 1).asText(MAX_HEADER));
    }
    return new KeyedAnswer(status, body, headers);
  }

  /** One header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
