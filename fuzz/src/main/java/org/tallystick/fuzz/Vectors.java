package org.tallystick.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

/** The published vectors, taken apart into everything that a parser could be given. */
final class Vectors {
  /** System property: the folder that holds testdata, or one below it. */
  static final String ROOT = "tallystick.root";

  private static final int MAX_DEPTH = 8;
  private static final List<JsonNode> ALL = read();

  private Vectors() {}

  /** The first good vector of a kind. */
  static JsonNode first(String kind) {
    return all(kind)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no vector of kind " + kind));
  }

  /** The good vector of this kind and name. */
  static JsonNode named(String kind, String name) {
    return all(kind)
        .filter(vector -> vector.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no vector of name " + name));
  }

  /** All good vectors of a kind. */
  static Stream<JsonNode> all(String kind) {
    return ALL.stream().filter(vector -> vector.path("kind").asText().equals(kind));
  }

  /** A member in hexadecimal. */
  static byte[] hex(JsonNode vector, String member) {
    return HexFormat.of().parseHex(vector.required(member).asText());
  }

  /**
   * Every text of the vectors, as text and as the bytes that it stands for, and every byte string
   * inside those that are CBOR; each once.
   */
  static List<byte[]> pieces() {
    Map<String, byte[]> found = new LinkedHashMap<>();
    ALL.forEach(vector -> texts(vector, found));
    return List.copyOf(found.values());
  }

  private static void texts(JsonNode node, Map<String, byte[]> found) {
    if (node.isTextual()) {
      String text = node.textValue();
      if (text.matches("([0-9a-f]{2})+")) {
        bytes(HexFormat.of().parseHex(text), MAX_DEPTH, found);
      }
      add(text.getBytes(StandardCharsets.UTF_8), found);
      for (String field : text.split("::", -1)) {
        if (field.matches("[A-Za-z0-9_-]{23,}")) {
          unarmoured(field, found);
        }
      }
    } else {
      node.forEach(member -> texts(member, found));
    }
  }

  private static void unarmoured(String field, Map<String, byte[]> found) {
    try {
      bytes(Base64Url.decode(field), MAX_DEPTH, found);
    } catch (MalformedInputException otherText) {
      add(field.getBytes(StandardCharsets.UTF_8), found);
    }
  }

  private static void bytes(byte[] bytes, int depth, Map<String, byte[]> found) {
    if (depth > 0 && add(bytes, found)) {
      cbor(bytes).ifPresent(item -> inside(item, depth - 1, found));
    }
  }

  private static Optional<Cbor> cbor(byte[] bytes) {
    try {
      return Optional.of(Cbor.decode(bytes));
    } catch (MalformedInputException other) {
      return Optional.empty();
    }
  }

  private static void inside(Cbor item, int depth, Map<String, byte[]> found) {
    if (item instanceof Cbor.Bytes content) {
      bytes(content.value(), depth, found);
    } else if (item instanceof Cbor.Array array) {
      bytes(item.encode(), depth, found);
      array.items().forEach(member -> inside(member, depth, found));
    } else if (item instanceof Cbor.Map map) {
      bytes(item.encode(), depth, found);
      map.entries().forEach(entry -> inside(entry.value(), depth, found));
    }
  }

  private static boolean add(byte[] bytes, Map<String, byte[]> found) {
    return found.putIfAbsent(HexFormat.of().formatHex(bytes), bytes) == null;
  }

  private static List<JsonNode> read() {
    List<JsonNode> vectors = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    try (var files = Files.list(folder())) {
      for (Path file : files.sorted().toList()) {
        mapper.readTree(file.toFile()).required("vectors").forEach(vectors::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return vectors;
  }

  /** {@code testdata/protocol} of this build: in the folder that is named, or one above it. */
  private static Path folder() {
    Path start = Path.of(System.getProperty(ROOT, "")).toAbsolutePath();
    for (Path above = start; above != null; above = above.getParent()) {
      Path candidate = above.resolve("testdata").resolve("protocol");
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    throw new IllegalStateException("testdata/protocol is not there");
  }
}
