import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tallystick.problem.Problem;

/**
 * A step of the build: writes into the document what holds for every operation of a kind, so that
 * no operation's entry has to repeat it. OpenApiTest compares the result with the code.
 *
 * <ul>
 *   <li>every operation: rate limit headers, 400, 429, 500; bounds of its parameters, and what a
 *       list's {@code after} and {@code limit} are
 *   <li>a POST of a caller with credentials: Idempotency-Key, 409, 422, Idempotency-Replayed
 *   <li>a GET, unless its entry says {@code x-fresh}: ETag, If-None-Match, 304
 *   <li>a body: 408
 *   <li>a body whose schema has a name: the example of that name
 *   <li>a problem answer: the problems of its status, from the code
 *   <li>an answer that names its types of media: no other type
 * </ul>
 *
 * <p>Argument: the JSON of the step before, which is rewritten.
 */
final class Manners {
  private static final String JSON = "application/json";
  private static final int MAX_PARAMETER = 256;
  private static final int LIMIT_DIGITS = 3;
  private static final String AFTER =
      "Where the page begins: the `next` of the page before. Opaque, and good for this list under"
          + " this filter alone; anything else is refused with bad-request.";
  private static final long MAX_INTEGER = 999_999_999_999_999_999L;
  private static final String PROBLEM = "application/problem+json";

  private final Map<String, Object> document;
  private final Map<String, Object> examples;

  private Manners(Map<String, Object> document) {
    this.document = document;
    this.examples = child(child(document, "components"), "examples");
  }

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    Map<String, Object> document;
    try (Reader reader = Files.newBufferedReader(file)) {
      document = map(Json.createReader(reader).readObject());
    }
    new Manners(document).write();
    JsonObject result = Json.createObjectBuilder(document).build();
    try (Writer writer = Files.newBufferedWriter(file)) {
      Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
          .createWriter(writer)
          .write(result);
    }
  }

  private void write() {
    Map<String, Object> components = child(document, "components");
    child(components, "requestBodies").values().forEach(body -> example(map(body)));
    child(components, "responses")
        .forEach(
            (name, response) -> {
              if (name.startsWith("Problem")) {
                problems(Integer.parseInt(name.substring("Problem".length())), map(response));
              }
            });
    for (Object item : child(document, "paths").values()) {
      map(item)
          .forEach(
              (method, operation) -> {
                if (operation instanceof Map<?, ?> found && found.containsKey("responses")) {
                  operation(method, map(operation));
                }
              });
    }
  }

  private void operation(String method, Map<String, Object> operation) {
    Map<String, Object> responses = child(operation, "responses");
    bound(operation);
    answer(responses, "429");
    answer(responses, "500");
    boolean fresh = Boolean.TRUE.equals(operation.remove("x-fresh"));
    boolean tagged = method.equals("get") && !fresh;
    boolean keyed =
        method.equals("post") && operation.get("security") instanceof List<?> s && !s.isEmpty();
    answer(responses, "400");
    if (keyed) {
      parameter(operation, "IdempotencyKey");
      answer(responses, "409");
      answer(responses, "422");
    }
    responses.forEach(
        (status, response) -> {
          if (!map(response).containsKey("$ref")) {
            example(map(response));
          }
          if (status.startsWith("2")) {
            Map<String, Object> success = map(response);
            if (child(success, "content").size() > 1) {
              child(success, "content").remove("*/*");
            }
            header(success, "RateLimit", "RateLimit-Policy");
            if (keyed) {
              header(success, "Idempotency-Replayed");
            }
            if (tagged && status.equals("200")) {
              header(success, "ETag");
            }
          }
        });
    if (tagged) {
      parameter(operation, "IfNoneMatch");
      responses.putIfAbsent("304", ref("responses/NotModified"));
    }
    if (child(operation, "requestBody").isEmpty()) {
      operation.remove("requestBody");
    } else {
      answer(responses, "408");
      example(child(operation, "requestBody"));
    }
    operation.put("responses", new TreeMap<>(responses));
  }

  /** What KnownQueryOnly enforces for all parameters in addresses. */
  private static void bound(Map<String, Object> operation) {
    if (!(operation.get("parameters") instanceof List<?> parameters)) {
      return;
    }
    for (Object parameter : parameters) {
      page(map(parameter));
      Map<String, Object> schema = child(map(parameter), "schema");
      if ("string".equals(schema.get("type"))) {
        schema.putIfAbsent("maxLength", MAX_PARAMETER);
      } else if ("integer".equals(schema.get("type"))) {
        schema.putIfAbsent("minimum", 0);
        schema.putIfAbsent(
            "maximum", "int32".equals(schema.get("format")) ? Integer.MAX_VALUE : MAX_INTEGER);
      }
      if (schema.isEmpty()) {
        map(parameter).remove("schema");
      }
    }
  }

  /** What Cursors and PageSize take. */
  private static void page(Map<String, Object> parameter) {
    if ("after".equals(parameter.get("name"))) {
      parameter.putIfAbsent("description", AFTER);
    } else if ("limit".equals(parameter.get("name"))
        && "string".equals(child(parameter, "schema").get("type"))) {
      parameter.putIfAbsent("description", "How many; more than 200 are 200.");
      child(parameter, "schema").putIfAbsent("pattern", "^[1-9][0-9]{0,2}$");
      child(parameter, "schema").putIfAbsent("maxLength", LIMIT_DIGITS);
    }
  }

  private static void answer(Map<String, Object> responses, String status) {
    responses.putIfAbsent(status, ref("responses/Problem" + status));
  }

  private static void header(Map<String, Object> response, String... names) {
    for (String name : names) {
      child(response, "headers").putIfAbsent(name, ref("headers/" + name));
    }
  }

  /** Adds a shared parameter unless the operation names it, as one that requires it does. */
  private static void parameter(Map<String, Object> operation, String name) {
    if (!(operation.get("parameters") instanceof List<?>)) {
      operation.put("parameters", new ArrayList<>());
    }
    @SuppressWarnings("unchecked")
    List<Object> parameters = (List<Object>) operation.get("parameters");
    if (parameters.stream().noneMatch(known -> known.toString().endsWith(name + "}"))) {
      parameters.add(ref("parameters/" + name));
    }
  }

  /** Gives each JSON body that refers to a schema and has no example the schema's. */
  private void example(Map<String, Object> body) {
    Object media = child(body, "content").get(JSON);
    if (media == null) {
      if (child(body, "content").isEmpty()) {
        body.remove("content");
      }
      return;
    }
    Map<String, Object> described = map(media);
    Object reference = child(described, "schema").get("$ref");
    if (reference == null
        || described.containsKey("example")
        || described.containsKey("examples")) {
      return;
    }
    String name = reference.toString().substring(reference.toString().lastIndexOf('/') + 1);
    if (examples.containsKey(name)) {
      described.put("examples", new LinkedHashMap<>(Map.of("typical", ref("examples/" + name))));
    }
  }

  private static void problems(int status, Map<String, Object> response) {
    Map<String, Object> media = child(child(response, "content"), PROBLEM);
    Map<String, Object> shown = new LinkedHashMap<>();
    for (Problem problem : Problem.values()) {
      if (problem.status() == status) {
        JsonObject value = Json.createReader(new StringReader(problem.json())).readObject();
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("summary", value.getString("title"));
        example.put("value", map(value));
        shown.put(problem.type().substring(problem.type().lastIndexOf(':') + 1), example);
      }
    }
    media.put("examples", shown);
    header(response, "RateLimit", "RateLimit-Policy");
  }

  private static Map<String, Object> ref(String place) {
    return new LinkedHashMap<>(Map.of("$ref", "#/components/" + place));
  }

  private static Map<String, Object> child(Map<String, Object> parent, String name) {
    return map(parent.computeIfAbsent(name, ignored -> new LinkedHashMap<>()));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    if (value instanceof JsonObject object) {
      Map<String, Object> copy = new LinkedHashMap<>();
      object.forEach((name, member) -> copy.put(name, plain(member)));
      return copy;
    }
    return (Map<String, Object>) value;
  }

  private static Object plain(JsonValue value) {
    return switch (value.getValueType()) {
      case OBJECT -> map(value);
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        value.asJsonArray().forEach(item -> items.add(plain(item)));
        yield items;
      }
      case STRING -> ((JsonString) value).getString();
      case TRUE -> true;
      case FALSE -> false;
      default -> value;
    };
  }
}
