package org.tallystick.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The API's document as the running server gives it: operations, examples, schemas. */
final class ApiDocument {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
  private static final String BASE = "urn:tallystick:openapi";
  static final String PROBLEM = "application/problem+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root;
  private final JsonSchemaFactory schemas;

  private ApiDocument(JsonNode root) {
    this.root = root;
    this.schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(l -> l.schemas(Map.of(BASE, root.toString()))));
  }

  /** What the server under test says of itself, asked for once. */
  static ApiDocument served() {
    return Lazy.SERVED;
  }

  private static final class Lazy {
    static final ApiDocument SERVED = read();

    private static ApiDocument read() {
      try {
        return new ApiDocument(
            JSON.readTree(
                BankIT.send(
                        BankIT.request(BankIT.api("openapi.json"))
                            .header("Accept", "application/json"))
                    .body()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * One thing that can be asked for.
   *
   * @param id operationId
   * @param method of HTTP, in capitals
   * @param path with {@code {names}}
   * @param pointer where it is in the document
   */
  record Operation(String id, String method, String path, String pointer) {
    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * A body that the document shows or only names.
   *
   * @param media type of media
   * @param name of the example; empty where there is none
   * @param value the example; null where there is none
   */
  record Shown(String media, String name, @Nullable JsonNode value) {}

  /** All operations, in the document's order. */
  List<Operation> operations() {
    List<Operation> found = new ArrayList<>();
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        one -> {
                          if (METHODS.contains(one.getKey())) {
                            found.add(
                                new Operation(
                                    one.getValue().path("operationId").asText(),
                                    one.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    "/paths/" + escaped(path.getKey()) + "/" + one.getKey()));
                          }
                        }));
    return found;
  }

  /** The operation with that id. */
  Operation operation(String id) {
    return operations().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  /** What the document says of an operation. */
  JsonNode of(Operation operation) {
    return root.at(operation.pointer());
  }

  /** Statuses that are documented. */
  List<String> statuses(Operation operation) {
    List<String> found = new ArrayList<>();
    of(operation).path("responses").fieldNames().forEachRemaining(found::add);
    return found;
  }

  /** Each problem that any operation shows, by its name. */
  Map<String, JsonNode> problems() {
    Map<String, JsonNode> found = new TreeMap<>();
    for (Operation operation : operations()) {
      for (String status : statuses(operation)) {
        for (Shown shown : answers(operation, status)) {
          if (shown.media().equals(PROBLEM) && shown.value() != null) {
            found.put(shown.name(), shown.value());
          }
        }
      }
    }
    return found;
  }

  /** Bodies that can be sent. */
  List<Shown> requests(Operation operation) {
    return shown(resolved(operation.pointer() + "/requestBody"));
  }

  /** Bodies that are answered with a status. */
  List<Shown> answers(Operation operation, String status) {
    return shown(answer(operation, status));
  }

  /** Names of headers that an answer has; not those that only some answers of the status have. */
  Set<String> headers(Operation operation, String status) {
    Set<String> names = new TreeSet<>();
    root.at(answer(operation, status) + "/headers").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private String answer(Operation operation, String status) {
    return resolved(operation.pointer() + "/responses/" + status);
  }

  private String resolved(String pointer) {
    JsonNode place = root.at(pointer);
    return place.has("$ref") ? place.get("$ref").asText().substring(1) : pointer;
  }

  private List<Shown> shown(String pointer) {
    List<Shown> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> media : root.at(pointer + "/content").properties()) {
      Map<String, JsonNode> examples = examples(media.getValue());
      examples.forEach((name, value) -> found.add(new Shown(media.getKey(), name, value)));
      if (examples.isEmpty()) {
        found.add(new Shown(media.getKey(), "", null));
      }
    }
    return found;
  }

  private Map<String, JsonNode> examples(JsonNode media) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    if (media.has("example")) {
      found.put("", media.get("example"));
    }
    for (Map.Entry<String, JsonNode> example : media.path("examples").properties()) {
      JsonNode place = example.getValue();
      JsonNode shown = place.has("$ref") ? root.at(place.get("$ref").asText().substring(1)) : place;
      found.put(example.getKey(), shown.path("value"));
    }
    return found;
  }

  /** What is wrong with a body that an operation answers with a status. */
  List<String> faults(Operation operation, String status, String media, JsonNode body) {
    return faults(answer(operation, status) + "/content/" + escaped(media) + "/schema", body);
  }

  /** What is wrong with a body that is sent to an operation. */
  List<String> requestFaults(Operation operation, String media, JsonNode body) {
    return faults(
        resolved(operation.pointer() + "/requestBody") + "/content/" + escaped(media) + "/schema",
        body);
  }

  private List<String> faults(String schema, JsonNode body) {
    return schemas
        .getSchema(
            SchemaLocation.of(BASE + "#" + schema),
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build())
        .validate(body.toString(), InputFormat.JSON, OutputFormat.DEFAULT)
        .stream()
        .map(Object::toString)
        .toList();
  }

  private static String escaped(String step) {
    return step.replace("~", "~0").replace("/", "~1");
  }
}
