package org.tallystick.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operation: the document's example is its body, with ids and secrets that exist in
 * place of the shown ones.
 */
final class Call {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, String> path = new LinkedHashMap<>();
  private final Map<String, String> query = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, JsonNode> inserted = new LinkedHashMap<>();
  private final Map<String, String> replaced = new LinkedHashMap<>();
  private final Set<String> free = new TreeSet<>();
  private byte @Nullable [] bytes;

  /** By whom: an Authorization header. */
  Call as(String authorization) {
    return header("Authorization", authorization);
  }

  Call header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** A name in the path. */
  Call at(String name, String value) {
    path.put(name, value);
    return this;
  }

  Call query(String name, String value) {
    query.put(name, value);
    return this;
  }

  /** Takes a part of the query away, if it is there. */
  Call without(String name) {
    query.remove(name);
    return this;
  }

  /** Puts a text that exists in place of a shown one; the answer says the same. */
  Call with(String pointer, String value) {
    inserted.put(pointer, JSON.getNodeFactory().textNode(value));
    return this;
  }

  /** Puts a number or a member with parts in place of a shown one. */
  Call with(String pointer, JsonNode value) {
    inserted.put(pointer, value);
    return this;
  }

  /** Words in the answer that stand for others; where what was sent does not tell. */
  Call says(String shown, String actual) {
    replaced.put(shown, actual);
    return this;
  }

  /** A member of the answer whose value nobody promises. */
  Call free(String... pointers) {
    free.addAll(Set.of(pointers));
    return this;
  }

  /** A body that is no JSON. */
  Call bytes(byte[] body) {
    bytes = body;
    return this;
  }

  Set<String> freed() {
    return free;
  }

  Map<String, String> replaced() {
    return replaced;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** The example with what exists in it; remembers what stood there before. */
  JsonNode body(JsonNode example) {
    JsonNode body = example.deepCopy();
    inserted.forEach(
        (pointer, value) -> {
          JsonNode shown = body.at(pointer);
          if (shown.isMissingNode()) {
            throw new IllegalArgumentException("the example has no " + pointer);
          }
          if (shown.isTextual() && value.isTextual()) {
            replaced.put(shown.asText(), value.asText());
          }
          int cut = pointer.lastIndexOf('/');
          JsonNode parent = body.at(pointer.substring(0, cut));
          String name = pointer.substring(cut + 1);
          if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), value);
          } else {
            ((ObjectNode) parent).set(name, value);
          }
        });
    return body;
  }

  /** The address: below {@code base}, names filled in. */
  URI address(URI base, String template) {
    String filled = template;
    for (Map.Entry<String, String> name : path.entrySet()) {
      filled = filled.replace("{" + name.getKey() + "}", name.getValue());
    }
    if (filled.contains("{")) {
      throw new IllegalArgumentException("nothing for a name in " + filled);
    }
    String asked = form(query);
    return base.resolve(asked.isEmpty() ? filled : filled + "?" + asked);
  }

  /**
   * What is sent.
   *
   * @param media what the body is said to be; null without one
   * @param example the document's, or null where the body is bytes or there is none
   */
  HttpRequest.Builder request(
      String method, URI address, @Nullable String media, @Nullable JsonNode example) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(PATIENCE).header("Accept", "*/*");
    headers.forEach(request::setHeader);
    byte[] body = bytes != null ? bytes : example == null ? null : encoded(media, body(example));
    if (media != null && body != null) {
      request.setHeader("Content-Type", media);
    }
    return request.method(
        method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
  }

  private static byte[] encoded(@Nullable String media, JsonNode body) {
    if ("application/x-www-form-urlencoded".equals(media)) {
      Map<String, String> members = new LinkedHashMap<>();
      body.properties().forEach(one -> members.put(one.getKey(), one.getValue().asText()));
      return form(members).getBytes(StandardCharsets.US_ASCII);
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String form(Map<String, String> members) {
    return members.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
