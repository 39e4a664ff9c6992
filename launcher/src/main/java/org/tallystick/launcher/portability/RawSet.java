package org.tallystick.launcher.portability;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Messages that are no HTTP, or HTTP that means two things, and bodies that come slowly or without
 * a length.
 *
 * <p>Source: RFC 9112, 2.2, 3, 5, 6.3, 7.1; RFC 3986, 2.1.
 */
final class RawSet {
  private static final String CODES = "POST /api/v1/codes HTTP/1.1\r\n";
  private static final String REST =
      "Host: bank\r\nConnection: close\r\nContent-Type: application/json\r\n";
  private static final String OBJECT = "{\"code\":\"x\"}";
  private static final String LENGTH = "Content-Length: " + OBJECT.length() + "\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static final String END = "\r\n";

  private RawSet() {}

  static List<BadInput> all() {
    List<BadInput> all = new ArrayList<>();
    for (String path : List.of("%", "%zz", "%4")) {
      // Payara Micro answers these itself, before any application: 200 without a body
      all.add(get("/api/v1/" + path, 400, 404, RawRequest.EMPTY));
      all.add(get("/" + path, 400, 404, RawRequest.EMPTY));
    }
    for (String path : List.of("%c0%af", "%ed%a0%80", "keys%00", "%2e%2e/keys")) {
      all.add(get("/api/v1/" + path, 400, 404));
      all.add(get("/" + path, 400, 404));
    }
    all.add(get("/api/v1/answers/AAAAAAAAAAAAAAAAAAAAAA?wait=%", 400));
    all.add(get("/api/v1/answers/AAAAAAAAAAAAAAAAAAAAAA?wait=1&wait=2", 400));
    all.add(get("/api/v1/answers/AAAAAAAAAAAAAAAAAAAAAA?wait=99999999999999999999", 400));
    all.add(get("/api/v1/\u00e9", 400, 404));
    all.add(get("/api/v1/" + "a".repeat(20_000), 400, 404, 414, 431));
    for (String method : List.of("post", "TRACE", "NOTHING", "POST\u0001")) {
      String head = method + " /api/v1/codes HTTP/1.1\r\n" + REST + LENGTH + END + OBJECT;
      all.add(RawRequest.of("method " + method.strip(), head, 400, 403, 405, 501));
    }
    messages(all);
    bodies(all);
    return List.copyOf(all);
  }

  private static void messages(List<BadInput> all) {
    all.add(codes("two lengths", LENGTH + "Content-Length: 5\r\n" + END + OBJECT, 400));
    all.add(codes("a negative length", "Content-Length: -1\r\n" + END + OBJECT, 400, 413));
    all.add(codes("a length of words", "Content-Length: ten\r\n" + END + OBJECT, 400));
    all.add(
        codes("a length beyond numbers", "Content-Length: 99999999999999999999\r\n\r\n", 400, 413));
    all.add(codes("a length and chunks", LENGTH + CHUNKED + END + chunk(OBJECT) + last(), 400));
    all.add(
        codes(
            "an unknown coding",
            "Transfer-Encoding: rot13\r\n\r\n" + OBJECT,
            400,
            501,
            RawRequest.LATE));
    all.add(
        codes("two media types", "Content-Type: text/plain\r\n" + LENGTH + END + OBJECT, 400, 415));
    all.add(codes("a header without a name", ": x\r\n" + LENGTH + END + OBJECT, 400));
    all.add(codes("a header with NUL", "X-A: a\u0000b\r\n" + LENGTH + END + OBJECT, 400));
    all.add(codes("a huge header", "X-A: " + "a".repeat(60_000) + "\r\n\r\n", 400, 413, 431));
    all.add(RawRequest.of("a version that is none", "GET /api/v1/keys HTTP/9.9\r\n\r\n", 400, 505));
    all.add(RawRequest.of("no host", CODES + "Connection: close\r\n" + LENGTH + END + OBJECT, 400));
  }

  private static void bodies(List<BadInput> all) {
    String chunks = chunk(" ".repeat(BadInput.MAX_CODE_BODY)) + chunk(" ") + last();
    all.add(codes("chunks over the limit", CHUNKED + END + chunks, 413));
    // Undertow takes it for the last chunk, waits for the end of trailers, and hangs up in the end
    all.add(
        codes(
            "chunks of no length",
            CHUNKED + END + "xyz\r\n" + OBJECT + "\r\n",
            400,
            RawRequest.LATE));
    all.add(codes("a chunk beyond numbers", CHUNKED + END + "fffffffffffffffff\r\nx", 400, 413));
    List<String> slow = new ArrayList<>(List.of(CODES + REST + LENGTH + END));
    OBJECT.chars().forEach(one -> slow.add(Character.toString(one)));
    all.add(new RawRequest("a slow body", slow, 50, Set.of(400)));
    List<String> slowChunks = new ArrayList<>(List.of(CODES + REST + CHUNKED + END));
    OBJECT.chars().forEach(one -> slowChunks.add(chunk(Character.toString(one))));
    slowChunks.add(last());
    all.add(new RawRequest("slow chunks", slowChunks, 50, Set.of(400)));
  }

  private static String chunk(String body) {
    return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
  }

  private static String last() {
    return "0\r\n\r\n";
  }

  private static BadInput get(String path, Integer... statuses) {
    String shown = path.length() > 80 ? path.substring(0, 80) + "…" : path;
    return RawRequest.of(
        "raw GET " + shown,
        "GET " + path + " HTTP/1.1\r\nHost: bank\r\nConnection: close\r\n\r\n",
        statuses);
  }

  private static BadInput codes(String what, String rest, Integer... statuses) {
    return RawRequest.of("codes with " + what, CODES + REST + rest, statuses);
  }
}
