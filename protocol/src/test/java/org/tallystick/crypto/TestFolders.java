package org.tallystick.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Finds published values: the project's own {@code testdata} and, beside the project where it is
 * there, {@code shared/data} with foreign data.
 */
public final class TestFolders {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TestFolders() {}

  /** Reads {@code testdata/rfc/<name>}. */
  public static JsonNode rfc(String name) {
    return json(find("testdata/rfc").orElseThrow().resolve(name));
  }

  /** Whether the Wycheproof files are there. */
  public static boolean wycheproofIsThere() {
    return find("shared/data/wycheproof").isPresent();
  }

  /** Whether the cose-wg examples are there. */
  public static boolean coseIsThere() {
    return find("shared/data/cose").isPresent();
  }

  /** Whether the Merkle proofs of transparency-dev are there. */
  public static boolean merkleIsThere() {
    return find("shared/data/merkle").isPresent();
  }

  /** Returns a folder of foreign data that is known to be there. */
  public static Path foreign(String name) {
    return find("shared/data/" + name).orElseThrow();
  }

  /** Reads a JSON file. */
  public static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a member in hexadecimal. */
  public static byte[] hex(JsonNode object, String member) {
    return HexFormat.of().parseHex(object.required(member).asText());
  }

  private static Optional<Path> find(String relative) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path candidate = folder.resolve(relative);
      if (Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }
}
