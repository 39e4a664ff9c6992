package org.tallystick.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each body in the API's document has an example, and each example is what its schema says. */
final class OpenApiExamplesTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
  private static final String BASE = "urn:tallystick:openapi";

  private final JsonNode document = read();
  private final JsonSchemaFactory schemas =
      JsonSchemaFactory.getInstance(
          SpecVersion.VersionFlag.V202012,
          builder -> builder.schemaLoaders(l -> l.schemas(Map.of(BASE, document.toString()))));

  @Test
  void document_eachBody_hasAnExampleOfItsSchema() {
    List<Body> bodies = bodies();
    List<String> wrong = new ArrayList<>();
    for (Body body : bodies) {
      JsonNode media = at(body.pointer());
      List<JsonNode> examples = examples(media);
      if (examples.isEmpty()) {
        wrong.add(body.name() + " has no example");
      }
      for (JsonNode example : examples) {
        errors(body.pointer() + "/schema", example)
            .forEach(error -> wrong.add(body.name() + ": " + error));
      }
    }
    assertThat(bodies).hasSizeGreaterThan(60);
    assertThat(wrong).isEmpty();
  }

  @Test
  void example_thatIsNotOfItsSchema_isNamed() throws IOException {
    JsonNode bad =
        new ObjectMapper().readTree("{\"version\": \"one\", \"text\": \"t\", \"sha256\": \"h\"}");
    assertThat(errors("/components/schemas/Agreement", bad)).hasSize(2);
    JsonNode badTime = new ObjectMapper().readTree("{\"expiresAt\": \"tomorrow\"}");
    assertThat(errors("/components/schemas/Expiry", badTime)).hasSize(1);
  }

  @Test
  void document_eachExample_isUsed() {
    String text = document.toString();
    Set<String> unused = new TreeSet<>();
    document
        .at("/components/examples")
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!text.contains("\"#/components/examples/" + name + "\"")) {
                unused.add(name);
              }
            });
    assertThat(unused).isEmpty();
  }

  private List<String> errors(String schemaPointer, JsonNode example) {
    JsonSchema schema =
        schemas.getSchema(
            SchemaLocation.of(BASE + "#" + schemaPointer),
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    return schema.validate(example.toString(), InputFormat.JSON, OutputFormat.DEFAULT).stream()
        .map(Object::toString)
        .toList();
  }

  private List<JsonNode> examples(JsonNode media) {
    List<JsonNode> values = new ArrayList<>();
    if (media.has("example")) {
      values.add(media.get("example"));
    }
    media
        .path("examples")
        .forEach(
            example -> {
              JsonNode found =
                  example.has("$ref") ? at(example.get("$ref").asText().substring(1)) : example;
              values.add(found.path("value"));
            });
    return values;
  }

  /** Request bodies, successes and problems, each with where its media type is. */
  private List<Body> bodies() {
    List<Body> found = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          if (METHODS.contains(operation.getKey())) {
                            String name = operation.getKey() + " " + path.getKey();
                            String pointer = "/paths/" + escaped(path.getKey());
                            bodies(name, pointer + "/" + operation.getKey(), found);
                          }
                        }));
    return found;
  }

  private void bodies(String name, String pointer, List<Body> found) {
    media(name + " request", pointer + "/requestBody", found);
    at(pointer + "/responses")
        .fieldNames()
        .forEachRemaining(
            status -> media(name + " " + status, pointer + "/responses/" + status, found));
  }

  private void media(String name, String pointer, List<Body> found) {
    JsonNode place = document.at(pointer);
    String real = place.has("$ref") ? place.get("$ref").asText().substring(1) : pointer;
    at(real.isEmpty() ? pointer : real)
        .path("content")
        .fieldNames()
        .forEachRemaining(
            type -> {
              if (type.endsWith("json")) {
                found.add(new Body(name, real + "/content/" + escaped(type)));
              }
            });
  }

  private JsonNode at(String pointer) {
    return document.at(pointer);
  }

  private static String escaped(String step) {
    return step.replace("~", "~0").replace("/", "~1");
  }

  private static JsonNode read() {
    try (InputStream file =
        OpenApiExamplesTest.class.getResourceAsStream("/openapi/openapi.json")) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a message carries, and where the document tells of it. */
  private record Body(String name, String pointer) {}
}
