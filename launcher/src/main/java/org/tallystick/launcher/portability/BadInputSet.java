package org.tallystick.launcher.portability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What is sent where codes are taken, and beside it: TSE-09, TSE-10. */
final class BadInputSet {
  private static final int MAX_BODY = 64 * 1024;
  private static final int NAME_LENGTH = 120;
  private static final String API = "api/v1/";
  private static final String JSON_TYPE = "application/json";
  private static final String FORM_TYPE = "application/x-www-form-urlencoded";
  private static final byte[] NOTHING = new byte[0];

  private static final List<String> MALFORMED_CODES =
      List.of(
          "",
          "{}",
          "[]",
          "null",
          "\"code\"",
          "{",
          "{\"code\":\"\"}",
          "{\"code\":null}",
          "{\"code\":7}",
          "{\"code\":[\"TL\"]}",
          "{\"code\":\"x\"}",
          "{\"code\":\"TL::A::B::C\"}",
          "{\"code\":\"TL::0000000000000000::AAAAAAAAAAAAAAAAAAAAAAA::gA\"}",
          "{\"code\":\":::::::::::\"}",
          "{\"code\":\"x\",\"code\":\"x\"}",
          "{\"code\":\"x\",\"more\":1}",
          "{\"Code\":\"x\"}",
          "{\"code\":\"x\"} {}",
          "{\"code\":\"\\ud800\"}",
          "{\"code\":\"x\\u0000\"}",
          "{'code':'x'}",
          "{\"code\":\"x\",}",
          "{\"code\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}}",
          "{\"code\":\"" + "A".repeat(8193) + "\"}");

  private static final List<List<String>> METHODS =
      List.of(
          List.of("GET", "codes"),
          List.of("PUT", "codes"),
          List.of("DELETE", "codes"),
          List.of("PATCH", "codes"),
          List.of("GET", "requests"),
          List.of("POST", "challenge"),
          List.of("POST", "keys"),
          List.of("DELETE", "health"),
          List.of("POST", "answers/AAAAAAAAAAAAAAAAAAAAAA"),
          List.of("PUT", "sessions"));

  private static final List<String> UNKNOWN =
      List.of(
          "nothing",
          "codes/1",
          "receipts/short",
          "receipts/UUUUUUUUUUUUUUUU",
          "accounts/abc",
          "transactions/0",
          "agreements/0",
          "enrolments/AAAA");

  private static final List<String> BESIDE =
      List.of("nothing", "WEB-INF/web.xml", "META-INF/MANIFEST.MF", "api/nothing", "api/v2/");

  private static final List<String> NO_PATHS =
      List.of("api/v1/enrolments/%00", "api/v1/..%2f..%2fWEB-INF%2fweb.xml", "%ff");

  private static final List<String> PICKUPS =
      List.of(
          "answers/short",
          "answers/AAAAAAAAAAAAAAAAAAAAAB",
          "answers/AAAAAAAAAAAAAAAAAAAAAA?wait=-1",
          "answers/AAAAAAAAAAAAAAAAAAAAAA?wait=31",
          "answers/AAAAAAAAAAAAAAAAAAAAAA?wait=soon",
          "answers/AAAAAAAAAAAAAAAAAAAAAA?wait=1.5");

  private BadInputSet() {}

  static List<BadInput> all() {
    List<BadInput> all = new ArrayList<>();
    bodies(all);
    mediaTypes(all);
    for (List<String> method : METHODS) {
      all.add(sent(method.get(0), method.get(1), JSON_TYPE, "{}".getBytes(UTF_8), 405));
    }
    UNKNOWN.forEach(path -> all.add(asked(path, 404)));
    BESIDE.forEach(path -> all.add(quiet(path, headers(), Set.of(404))));
    NO_PATHS.forEach(path -> all.add(quiet(path, headers(), Set.of(400, 404))));
    PICKUPS.forEach(path -> all.add(asked(path, 400)));
    all.addAll(BadEncodings.all(API + "codes"));
    all.addAll(BadEncodings.all(API + "registrations"));
    all.addAll(RawSet.all());
    return List.copyOf(all);
  }

  private static void bodies(List<BadInput> all) {
    MALFORMED_CODES.forEach(body -> all.add(code(body, 400)));
    for (String body : MALFORMED_CODES) {
      byte[] request = body.replace("code", "request").getBytes(UTF_8);
      all.add(sent("POST", "requests", JSON_TYPE, request, 400));
    }
    Random random = new Random(20_251_122);
    for (int length : new int[] {1, 7, 64, 1000, 8192}) {
      byte[] garbage = new byte[length];
      random.nextBytes(garbage);
      all.add(
          new BadRequest(
              "code of " + length + " random bytes",
              "POST",
              API + "codes",
              headers(JSON_TYPE),
              garbage,
              Set.of(400),
              true));
    }
    all.add(code("{\"code\":\"" + "A".repeat(BadInput.MAX_CODE_BODY) + "\"}", 413));
    all.add(code(" ".repeat(BadInput.MAX_CODE_BODY + 1), 413));
    byte[] long64 = " ".repeat(MAX_BODY + 1).getBytes(UTF_8);
    all.add(sent("POST", "registrations", JSON_TYPE, long64, 413));
    all.add(new EndlessBody());
    // one after the other over one connection, each read on to its end
    for (int length : new int[] {100_000, 100_001, 100_002}) {
      all.add(sent("POST", "token", FORM_TYPE, "b".repeat(length).getBytes(UTF_8), 413));
    }
  }

  private static void mediaTypes(List<BadInput> all) {
    byte[] body = "{\"code\":\"x\"}".getBytes(UTF_8);
    // the server itself refuses a header that is none
    all.add(
        new BadRequest(
            "code of a media type that is none",
            "POST",
            API + "codes",
            headers("nonsense"),
            body,
            Set.of(400, 415),
            false));
    for (String type : List.of("text/plain", "application/xml", "application/octet-stream")) {
      all.add(sent("POST", "codes", type, body, 415));
    }
    all.add(
        new BadRequest(
            "GET api/v1/keys as XML",
            "GET",
            API + "keys",
            Map.of("Accept", "application/xml"),
            NOTHING,
            Set.of(406),
            true));
    all.add(quiet(API + "health", headers(), Set.of(200, 503)));
  }

  private static BadInput code(String body, int status) {
    return sent("POST", "codes", JSON_TYPE, body.getBytes(UTF_8), status);
  }

  private static BadInput sent(String method, String path, String type, byte[] body, int status) {
    String shown = new String(body, UTF_8).strip();
    String name =
        "%s %s%s (%s, %d bytes) %s".formatted(method, API, path, type, body.length, shown);
    return new BadRequest(
        shortened(name), method, API + path, headers(type), body, Set.of(status), true);
  }

  private static BadInput asked(String path, int status) {
    return new BadRequest(
        "GET " + API + path, "GET", API + path, headers(), NOTHING, Set.of(status), true);
  }

  private static BadInput quiet(String path, Map<String, String> headers, Set<Integer> statuses) {
    return new BadRequest("GET " + path, "GET", path, headers, NOTHING, statuses, false);
  }

  private static Map<String, String> headers() {
    return Map.of("Accept", JSON_TYPE);
  }

  private static Map<String, String> headers(String type) {
    return Map.of("Accept", JSON_TYPE, "Content-Type", type);
  }

  private static String shortened(String name) {
    return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH) + "…";
  }
}
