package org.tallystick.it;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A message of HTTP/1.1 as it came over a connection that stays open.
 *
 * <p>Source: RFC 9112, 2.1, 6.3 and 7.1.
 *
 * @param start its first line
 * @param headers by their names in small letters
 * @param body without its chunks
 */
record RawAnswer(String start, Map<String, String> headers, byte[] body) {
  private static final int LINE_END = '\n';

  /**
   * Reads one, and nothing beyond it.
   *
   * @throws EOFException if the connection ends before it does
   */
  static RawAnswer read(InputStream in) throws IOException {
    String start = line(in);
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.merge(
          header.substring(0, colon).toLowerCase(Locale.ROOT),
          header.substring(colon + 1).strip(),
          (one, other) -> one + ", " + other);
    }
    return new RawAnswer(start, headers, body(in, headers));
  }

  int status() {
    return Integer.parseInt(start.split(" ", 3)[1]);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Whether the other side closes the connection after it. */
  boolean isLast() {
    return "close".equalsIgnoreCase(headers.get("connection"));
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int length = chunk(in); length > 0; length = chunk(in)) {
        all.write(exactly(in, length));
        line(in);
      }
      line(in);
      return all.toByteArray();
    }
    return exactly(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
  }

  private static int chunk(InputStream in) throws IOException {
    return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the connection ended inside a body");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != LINE_END; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended inside a line");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
