import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A step of the build: leaves of the scanner's document what META-INF/openapi.yaml declares. The
 * scanner adds "200 OK" to each operation that answers with something else, and schemas of Java
 * types that nothing refers to.
 *
 * <p>Argument: the scanner's JSON, which is rewritten.
 */
final class Declared {
  private Declared() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    JsonObject document;
    try (Reader reader = Files.newBufferedReader(file)) {
      document = Json.createReader(reader).readObject();
    }
    JsonObjectBuilder paths = Json.createObjectBuilder();
    document
        .getJsonObject("paths")
        .forEach((path, item) -> paths.add(path, item(item.asJsonObject())));
    JsonObject cleaned =
        Json.createObjectBuilder(document)
            .add("paths", paths)
            .add("components", components(document.getJsonObject("components"), document))
            .build();
    try (Writer writer = Files.newBufferedWriter(file)) {
      Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
          .createWriter(writer)
          .write(cleaned);
    }
  }

  private static JsonObject components(JsonObject components, JsonObject document) {
    String text = document.toString();
    JsonObjectBuilder schemas = Json.createObjectBuilder();
    components
        .getJsonObject("schemas")
        .forEach(
            (name, schema) -> {
              if (text.contains("\"#/components/schemas/" + name + "\"")) {
                schemas.add(name, schema);
              }
            });
    return Json.createObjectBuilder(components).add("schemas", schemas).build();
  }

  private static JsonObject item(JsonObject item) {
    JsonObjectBuilder kept = Json.createObjectBuilder();
    item.forEach(
        (name, value) ->
            kept.add(
                name,
                value instanceof JsonObject operation && operation.containsKey("responses")
                    ? operation(operation)
                    : value));
    return kept.build();
  }

  private static JsonObject operation(JsonObject operation) {
    JsonObject responses = operation.getJsonObject("responses");
    boolean anotherSuccess =
        responses.keySet().stream().anyMatch(code -> code.startsWith("2") && !code.equals("200"));
    if (!anotherSuccess) {
      return operation;
    }
    JsonObjectBuilder kept = Json.createObjectBuilder();
    for (Map.Entry<String, JsonValue> response : responses.entrySet()) {
      if (!response.getKey().equals("200")) {
        kept.add(response.getKey(), response.getValue());
      }
    }
    return Json.createObjectBuilder(operation).add("responses", kept).build();
  }
}
