package org.tallystick.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the API as its document describes it, and a request to it that is well formed.
 *
 * @param method of HTTP
 * @param path below the interface's root, with a slash and parameters in braces
 * @param described the operation's part of the document
 * @param document all of it
 */
record Operation(String method, String path, JsonNode described, JsonNode document) {
  private static final String ROOT = "/api/v1";
  private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z]+)\\}");
  private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All that a running server says it has. */
  static List<Operation> all(RawAnswer answer) {
    try {
      JsonNode document = JSON.readTree(answer.body());
      List<Operation> all = new ArrayList<>();
      for (Iterator<String> paths = document.path("paths").fieldNames(); paths.hasNext(); ) {
        String path = paths.next();
        for (String method : METHODS) {
          JsonNode described = document.path("paths").path(path).path(method);
          if (!described.isMissingNode()) {
            all.add(
                new Operation(
                    method.toUpperCase(Locale.ROOT),
                    path.substring(ROOT.length()),
                    described,
                    document));
          }
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the parameters in its path. */
  List<String> parameters() {
    return PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
  }

  /** Whether only the bank's people get in. */
  boolean isForStaff() {
    JsonNode security = described.path("security");
    return security.size() == 1 && security.path(0).has("staff");
  }

  /** The names of the members of its body. */
  List<String> members() {
    Map.Entry<String, JsonNode> content = content();
    List<String> names = new ArrayList<>();
    if (content != null) {
      resolved(content.getValue().path("schema"))
          .path("properties")
          .fieldNames()
          .forEachRemaining(names::add);
    }
    return names;
  }

  /** A request that is well formed, with the example that the document has for its body. */
  RawRequest request(Map<String, String> arguments) {
    Matcher matcher = PARAMETER.matcher(path);
    String filled = matcher.replaceAll(found -> arguments.get(found.group(1)));
    Map.Entry<String, JsonNode> content = content();
    RawRequest request = RawRequest.of(method, filled.substring(1) + query(), "");
    for (JsonNode parameter : described.path("parameters")) {
      JsonNode one = resolved(parameter);
      if (one.path("in").asText().equals("header") && one.path("required").asBoolean()) {
        String name = one.path("name").asText();
        request = request.with(name, name.equals("If-Match") ? "*" : UUID.randomUUID().toString());
      }
    }
    return content == null
        ? request
        : new RawRequest(
                method,
                request.path(),
                request.headers(),
                body(content.getKey(), content.getValue()))
            .with("Content-Type", content.getKey());
  }

  private Map.@Nullable Entry<String, JsonNode> content() {
    Iterator<Map.Entry<String, JsonNode>> all =
        resolved(described.path("requestBody")).path("content").properties().iterator();
    return all.hasNext() ? all.next() : null;
  }

  private byte[] body(String type, JsonNode content) {
    JsonNode examples = content.path("examples");
    if (examples.isEmpty()) {
      // bytes of some form; whose they would be is looked at before
      return "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
    }
    JsonNode example = resolved(examples.properties().iterator().next().getValue()).path("value");
    return (example.isTextual() && !type.contains("json") ? example.asText() : example.toString())
        .getBytes(StandardCharsets.UTF_8);
  }

  private String query() {
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : described.path("parameters")) {
      JsonNode one = resolved(parameter);
      if (one.path("in").asText().equals("query") && one.path("required").asBoolean()) {
        JsonNode schema = one.path("schema");
        JsonNode first = schema.path("enum").path(0);
        JsonNode value =
            one.has("example")
                ? one.path("example")
                : first.isMissingNode() ? resolved(schema).path("enum").path(0) : first;
        query
            .append(query.length() == 0 ? '?' : '&')
            .append(one.path("name").asText())
            .append('=')
            .append(URLEncoder.encode(value.asText(), StandardCharsets.UTF_8));
      }
    }
    return query.toString();
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
