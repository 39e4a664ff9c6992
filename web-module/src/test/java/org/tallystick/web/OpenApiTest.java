package org.tallystick.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tallystick.http.Fresh;
import org.tallystick.json.StrictForm;
import org.tallystick.json.StrictJson;
import org.tallystick.party.PartyToken;
import org.tallystick.staff.Role;
import org.tallystick.staff.Scope;
import org.tallystick.staff.StaffRole;

/** The document of the API and the code of the API say the same. */
final class OpenApiTest {
  private static final String PREFIX = "/api/v1";
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private final JsonObject document = read();
  private final Map<String, Method> coded = coded();
  private final Map<String, JsonObject> documented = documented();

  @Test
  void document_eachOperationOfTheCode_isInItAndNoOther() {
    assertThat(coded).hasSizeGreaterThan(30);
    assertThat(documented.keySet()).isEqualTo(coded.keySet());
  }

  @Test
  void document_eachOperation_saysWhatItIsFor() {
    assertThat(documented)
        .allSatisfy(
            (name, operation) -> {
              assertThat(operation.getString("summary", "")).as(name).isNotBlank();
              assertThat(operation.getString("description", "")).as(name).hasSizeGreaterThan(20);
              assertThat(operation.getString("operationId", "")).as(name).isNotBlank();
              assertThat(operation).as(name).containsKey("tags");
              assertThat(texts(operation.getJsonArray("tags"))).as(name).hasSize(1);
            });
    assertThat(documented.values().stream().map(operation -> operation.getString("operationId")))
        .doesNotHaveDuplicates();
  }

  @Test
  void document_whoMay_isWhoTheCodeLetsThrough() {
    assertThat(documented)
        .allSatisfy(
            (name, operation) ->
                assertThat(security(operation))
                    .as(name)
                    .isEqualTo(security(coded.get(name), operation)));
  }

  @Test
  void document_eachStrictBody_isDescribedMemberByMember() {
    coded.forEach(
        (name, method) -> {
          JsonObject body = documented.get(name).getJsonObject("requestBody");
          assertThat(body != null).as("%s has a body", name).isEqualTo(takesBody(method));
          // what is not JSON has no members
          if (body != null && body.containsKey("$ref")) {
            JsonObject schema = schemaOf(body.getString("$ref"));
            assertThat(schema.getJsonObject("properties").keySet())
                .as(name)
                .containsAll(texts(schema.getJsonArray("required")))
                .isNotEmpty();
          }
        });
  }

  @Test
  void document_eachOperation_namesWhatCanGoWrong() {
    documented.forEach(
        (name, operation) -> {
          Method method = coded.get(name);
          Set<String> statuses = operation.getJsonObject("responses").keySet();
          assertThat(statuses)
              .as("%s is limited in rate and may fail", name)
              .contains("429", "500");
          assertThat(statuses.contains("304"))
              .as("%s may be asked for with a tag", name)
              .isEqualTo(name.startsWith("get ") && !method.isAnnotationPresent(Fresh.class));
          assertThat(statuses.contains("413"))
              .as("%s takes a body", name)
              .isEqualTo(takesBody(method));
          boolean known = !operation.getJsonArray("security").isEmpty();
          assertThat(statuses.contains("401") || !known || name.contains("/receipts/"))
              .as("%s wants credentials", name)
              .isTrue();
          assertThat(statuses.contains("403") || !asksForARole(method))
              .as("%s wants a role", name)
              .isTrue();
          assertThat(operation.toString().contains("IdempotencyKey\""))
              .as("%s may be sent under a key", name)
              .isEqualTo(known && name.startsWith("post "));
          assertThat(statuses.stream().filter(status -> status.startsWith("2")))
              .as("%s ends well in one way", name)
              .hasSize(1);
        });
  }

  @Test
  void document_eachList_saysThatItsCursorIsOpaque() {
    documented.forEach(
        (name, operation) -> {
          boolean goesOn = operation.toString().contains("\"name\":\"after\"");
          JsonObject next = next(operation);
          assertThat(goesOn).as("%s leads on by a cursor", name).isEqualTo(next != null);
          if (next != null) {
            assertThat(next.getString("description")).as(name).startsWith("Opaque");
            assertThat(operation.toString()).as(name).contains("`next` of the page before. Opaque");
          }
        });
  }

  /** What an answer that is a page says of the next one; null of one that is none. */
  private JsonObject next(JsonObject operation) {
    JsonObject answer = operation.getJsonObject("responses").getJsonObject("200");
    if (answer == null || !answer.containsKey("content")) {
      return null;
    }
    JsonObject json = answer.getJsonObject("content").getJsonObject("application/json");
    if (json == null || !json.getJsonObject("schema").containsKey("$ref")) {
      return null;
    }
    JsonObject properties =
        resolve(json.getJsonObject("schema").getString("$ref")).getJsonObject("properties");
    return properties == null ? null : properties.getJsonObject("next");
  }

  /**
   * Of any other type the scanner would make a schema, in the place of the one that is declared.
   */
  @Test
  void code_eachOperation_answersWithAResponse() {
    coded.forEach(
        (name, method) ->
            assertThat(method.getReturnType()).as(name).isIn(Response.class, void.class));
  }

  @Test
  void document_eachReference_leadsSomewhere() {
    String text = document.toString();
    Set<String> missing = new TreeSet<>();
    for (String kind : List.of("schemas", "responses", "requestBodies")) {
      String start = "\"#/components/" + kind + "/";
      for (int at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
        String name = text.substring(at + start.length(), text.indexOf('"', at + 1));
        if (!document.getJsonObject("components").getJsonObject(kind).containsKey(name)) {
          missing.add(name);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean asksForARole(Method method) {
    StaffRole staff = annotated(method, StaffRole.class);
    return staff != null && staff.value().length > 0;
  }

  /** Scheme and roles; empty where anybody may. */
  private static Map<String, Set<String>> security(JsonObject operation) {
    Map<String, Set<String>> schemes = new TreeMap<>();
    assertThat(operation).containsKey("security");
    for (JsonValue requirement : operation.getJsonArray("security")) {
      requirement
          .asJsonObject()
          .forEach((scheme, roles) -> schemes.put(scheme, texts(roles.asJsonArray())));
    }
    return schemes;
  }

  private static Map<String, Set<String>> security(Method method, JsonObject operation) {
    StaffRole staff = annotated(method, StaffRole.class);
    if (staff != null) {
      Map<String, Set<String>> schemes = new TreeMap<>();
      Set<String> roles =
          Arrays.stream(staff.value())
              .filter(role -> role != Role.PARTNER)
              .map(Enum::name)
              .collect(Collectors.toCollection(TreeSet::new));
      boolean partner = List.of(staff.value()).contains(Role.PARTNER);
      if (!partner || !roles.isEmpty()) {
        schemes.put("staff", roles);
      }
      if (partner) {
        schemes.put(
            "partner",
            Arrays.stream(staff.scopes())
                .map(Scope::text)
                .collect(Collectors.toCollection(TreeSet::new)));
        schemes.put("partnerCertificate", Set.of());
      }
      return schemes;
    }
    if (annotated(method, PartyToken.class) != null) {
      return Map.of("party", Set.of());
    }
    return operation.getString("operationId").equals("receipt")
        ? Map.of("receipt", Set.of())
        : Map.of();
  }

  /** Strict JSON, or bytes of another media type. */
  private static boolean takesBody(Method method) {
    List<Class<?>> parameters = Arrays.asList(method.getParameterTypes());
    return parameters.contains(StrictJson.class)
        || parameters.contains(StrictForm.class)
        || parameters.contains(InputStream.class);
  }

  private static <A extends Annotation> A annotated(Method method, Class<A> type) {
    A own = method.getAnnotation(type);
    return own != null ? own : method.getDeclaringClass().getAnnotation(type);
  }

  private static Set<String> texts(Collection<JsonValue> values) {
    return values.stream()
        .map(value -> ((JsonString) value).getString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private JsonObject schemaOf(String bodyReference) {
    JsonObject body = resolve(bodyReference);
    return resolve(
        body.getJsonObject("content")
            .values()
            .iterator()
            .next()
            .asJsonObject()
            .getJsonObject("schema")
            .getString("$ref"));
  }

  private JsonObject resolve(String reference) {
    String[] steps = reference.split("/", -1);
    return document
        .getJsonObject(steps[1])
        .getJsonObject(steps[2])
        .getJsonObject(steps[steps.length - 1]);
  }

  private Map<String, JsonObject> documented() {
    Map<String, JsonObject> operations = new TreeMap<>();
    document
        .getJsonObject("paths")
        .forEach(
            (path, item) ->
                item.asJsonObject()
                    .forEach(
                        (method, operation) -> {
                          if (METHODS.contains(method)) {
                            operations.put(method + " " + path, operation.asJsonObject());
                          }
                        }));
    return operations;
  }

  private static Map<String, Method> coded() {
    Map<String, Method> operations = new TreeMap<>();
    for (Class<?> resource : resources()) {
      for (Method method : resource.getDeclaredMethods()) {
        for (Annotation annotation : method.getAnnotations()) {
          HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
          if (http != null) {
            String path =
                path(resource.getAnnotation(Path.class)) + path(method.getAnnotation(Path.class));
            operations.put(
                http.value().toLowerCase(java.util.Locale.ROOT) + " " + PREFIX + path, method);
          }
        }
      }
    }
    return operations;
  }

  private static String path(Path path) {
    if (path == null) {
      return "";
    }
    String plain = path.value().replaceAll("\\{(\\w+) *:[^/]*}", "{$1}");
    return plain.startsWith("/") ? plain : "/" + plain;
  }

  private static List<Class<?>> resources() {
    try {
      java.nio.file.Path classes =
          java.nio.file.Path.of(
              ApiApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<java.nio.file.Path> files = Files.walk(classes)) {
        return files
            .map(file -> classes.relativize(file).toString())
            .filter(name -> name.endsWith("Resource.class"))
            .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
            .<Class<?>>map(OpenApiTest::load)
            .filter(type -> type.isAnnotationPresent(Path.class))
            .toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonObject read() {
    try (InputStream file = OpenApiTest.class.getResourceAsStream("/openapi/openapi.json")) {
      return Json.createReader(file).readObject();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
