package org.tallystick.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tallystick.node.Environment;

/**
 * SoftHSM2 with a token for each test that wants one of its own. All are made before the library is
 * loaded, because a process that has loaded it sees no later ones.
 */
final class SoftHsm {
  static final String PIN = "80151-pin";
  private static final List<String> TOKENS =
      List.of(
          "bank",
          "stranger",
          "pin",
          "empty",
          "race",
          "twice",
          "replaced",
          "locked",
          "login",
          "gone",
          "half");
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
          Path.of("/usr/local/lib/softhsm/libsofthsm2.so"));
  private static final Map<String, String> SLOTS = made();

  private SoftHsm() {}

  /** What a node's operator sets for a token. */
  static Map<String, String> variables(String token) {
    Map<String, String> variables = new HashMap<>();
    variables.put("TALLYSTICK_PKCS11_LIBRARY", library().toString());
    variables.put("TALLYSTICK_PKCS11_SLOT", SLOTS.get(token));
    variables.put("TALLYSTICK_PKCS11_PIN", PIN);
    return variables;
  }

  /** Settings that let keys be made. */
  static Pkcs11Settings settings(String token) {
    return settings(token, "TALLYSTICK_PKCS11_GENERATE", "true");
  }

  static Pkcs11Settings settings(String token, String name, String value) {
    Map<String, String> variables = variables(token);
    variables.put(name, value);
    return Pkcs11Settings.of(new Environment(variables)).orElseThrow();
  }

  /** The folder with the files of all tokens. */
  static Path folder() {
    String configuration = System.getenv("SOFTHSM2_CONF");
    if (configuration == null) {
      throw new IllegalStateException("SOFTHSM2_CONF is not set: run this test with Maven");
    }
    return Path.of(configuration).getParent();
  }

  private static Path library() {
    return LIBRARIES.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("libsofthsm2.so is not installed"));
  }

  private static Map<String, String> made() {
    try {
      clear(folder());
      Files.createDirectories(folder().resolve("tokens"));
      Files.writeString(
          Path.of(System.getenv("SOFTHSM2_CONF")),
          "directories.tokendir = "
              + folder().resolve("tokens")
              + "\nobjectstore.backend = file\nlog.level = ERROR\n");
      Map<String, String> slots = new HashMap<>();
      for (String token : TOKENS) {
        slots.put(token, made(token));
      }
      return slots;
    } catch (IOException e) {
      throw new UncheckedIOException("softhsm2-util does not run", e);
    }
  }

  private static String made(String token) throws IOException {
    Process process =
        new ProcessBuilder(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                token,
                "--so-pin",
                "60151",
                "--pin",
                PIN)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    // The token has been initialized and is reassigned to slot 97537413
    return Stream.of(said.split("\\s+"))
        .reduce((before, last) -> last)
        .filter(last -> last.matches("\\d+"))
        .orElseThrow(() -> new IllegalStateException("softhsm2-util says: " + said));
  }

  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }
}
