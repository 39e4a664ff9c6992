package org.tallystick.launcher.portability;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * A small object in forms that JSON over HTTP does not have here: other encodings, bytes that are
 * no UTF-8, packed bodies, numbers without end, depth.
 *
 * <p>Source: RFC 8259, 8.1; RFC 3629, 3, 6, 10; RFC 9110, 8.4.
 */
public final class BadEncodings {
  private static final Charset UTF_32 = Charset.forName("UTF-32");
  private static final int DEPTH = 5_000;

  private BadEncodings() {}

  /** Bodies that are to be malformed whatever the resource takes, by what is wrong with each. */
  public static Map<String, byte[]> bodies() {
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    String object = "{\"reason\":\"é\"}";
    bodies.put("UTF-16 with a mark", object.getBytes(UTF_16));
    bodies.put("UTF-16 without one", object.getBytes(UTF_16LE));
    bodies.put("UTF-32", object.getBytes(UTF_32));
    bodies.put("Latin 1", object.getBytes(ISO_8859_1));
    bodies.put("a byte order mark", ("\ufeff" + object).getBytes(UTF_8));
    bodies.put("an overlong slash", around(0xc0, 0xaf));
    bodies.put("an overlong NUL", around(0xc0, 0x80));
    bodies.put("half a surrogate pair", around(0xed, 0xa0, 0x80));
    bodies.put("a pair of surrogates", around(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80));
    bodies.put("a character beyond Unicode", around(0xf4, 0x90, 0x80, 0x80));
    bodies.put("a character cut off", around(0xe2, 0x82));
    bodies.put("a byte that is none", around(0xff));
    bodies.put("a NUL", around(0x00));
    bodies.put("a line end", around(0x0a));
    bodies.put("half a pair, escaped", "{\"reason\":\"\\udc00\"}".getBytes(UTF_8));
    bodies.put("a NUL, escaped", "{\"reason\":\"\\u0000\"}".getBytes(UTF_8));
    bodies.put("a NUL after it", "{}\u0000".getBytes(UTF_8));
    bodies.put("two objects", "{}{}".getBytes(UTF_8));
    bodies.put("a member twice", "{\"reason\":\"a\",\"reason\":\"a\"}".getBytes(UTF_8));
    bodies.put("a member twice, once escaped", "{\"reason\":1,\"\\u0072eason\":1}".getBytes(UTF_8));
    bodies.put("a number without end", ("{\"n\":" + "9".repeat(4_000) + "}").getBytes(UTF_8));
    bodies.put("a huge exponent", "{\"n\":1e999999999}".getBytes(UTF_8));
    bodies.put("no number", "{\"n\":NaN}".getBytes(UTF_8));
    bodies.put("a leading zero", "{\"n\":01}".getBytes(UTF_8));
    bodies.put("arrays without end", "[".repeat(DEPTH).getBytes(UTF_8));
    bodies.put(
        "objects in objects",
        ("{\"a\":".repeat(DEPTH / 5) + "1" + "}".repeat(DEPTH / 5)).getBytes(UTF_8));
    bodies.put("nothing", new byte[0]);
    return bodies;
  }

  static List<BadInput> all(String path) {
    List<BadInput> all = new ArrayList<>();
    bodies().forEach((what, body) -> all.add(request(path, what, "application/json", body, 400)));
    byte[] plain = "{\"code\":\"x\"}".getBytes(UTF_8);
    for (String charset : List.of("utf-16", "iso-8859-1", "utf-7")) {
      String type = "application/json;charset=" + charset;
      all.add(request(path, charset, type, plain, 415));
    }
    byte[] packed = packed(new byte[1 << 20]);
    for (String encoding : List.of("gzip", "deflate", "br", "identity, gzip", "x")) {
      all.add(
          new BadRequest(
              "POST %s packed as %s".formatted(path, encoding),
              "POST",
              path,
              Map.of(
                  "Accept",
                  "application/json",
                  "Content-Type",
                  "application/json",
                  "Content-Encoding",
                  encoding),
              packed,
              Set.of(415),
              true));
    }
    return List.copyOf(all);
  }

  private static BadInput request(String path, String what, String type, byte[] body, int status) {
    return new BadRequest(
        "POST %s with %s".formatted(path, what),
        "POST",
        path,
        Map.of("Accept", "application/json", "Content-Type", type),
        body,
        Set.of(status),
        true);
  }

  /** An object with a text of these bytes. */
  private static byte[] around(int... bytes) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"reason\":\"".getBytes(UTF_8));
    for (int one : bytes) {
      body.write(one);
    }
    body.writeBytes("\"}".getBytes(UTF_8));
    return body.toByteArray();
  }

  private static byte[] packed(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }
}
