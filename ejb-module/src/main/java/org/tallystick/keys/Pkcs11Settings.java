package org.tallystick.keys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.tallystick.node.Environment;
import org.tallystick.node.PrivateFile;

/**
 * Which PKCS#11 token the operator has named, and what may be done there.
 *
 * <p>A slot is named by its number: the platform's provider does not look for a token by its label.
 */
final class Pkcs11Settings {
  private static final String PREFIX = "TALLYSTICK_PKCS11_";
  private static final int TIMEOUT_MILLIS = 3000;

  private final Path library;
  private final long slot;
  private final char[] pin;
  private final boolean generate;
  private final Duration timeout;

  private Pkcs11Settings(Path library, long slot, char[] pin, boolean generate, Duration timeout) {
    this.library = library;
    this.slot = slot;
    this.pin = pin;
    this.generate = generate;
    this.timeout = timeout;
  }

  /**
   * The token that is named; empty where none is.
   *
   * @throws IllegalStateException if only a part of it is set, or to something else
   */
  static Optional<Pkcs11Settings> of(Environment environment) {
    Optional<String> library = environment.text(PREFIX + "LIBRARY");
    if (library.isEmpty()) {
      Stream.of("SLOT", "PIN", "PIN_FILE", "GENERATE")
          .filter(name -> environment.text(PREFIX + name).isPresent())
          .findFirst()
          .ifPresent(
              name -> {
                // a file of keys instead of the token would be a quiet fall-back
                throw new IllegalStateException(PREFIX + name + " is set without _LIBRARY");
              });
      return Optional.empty();
    }
    return Optional.of(
        new Pkcs11Settings(
            library(library.get()),
            slot(environment),
            pin(environment),
            generate(environment),
            Duration.ofMillis(
                environment.number(PREFIX + "TIMEOUT_MILLIS", TIMEOUT_MILLIS, 100, 60_000))));
  }

  /** What the platform's provider is configured with; the PIN is not in it. */
  String providerConfiguration() {
    return """
    --
    name = tallystick
    library = "%s"
    slot = %d
    attributes(generate, CKO_PRIVATE_KEY, CKK_EC) = {
      CKA_SENSITIVE = true
      CKA_EXTRACTABLE = false
      CKA_SIGN = true
      CKA_DECRYPT = false
      CKA_UNWRAP = false
      CKA_DERIVE = false
    }
    attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
      CKA_SENSITIVE = true
      CKA_EXTRACTABLE = false
      CKA_ENCRYPT = true
      CKA_DECRYPT = true
      CKA_SIGN = false
      CKA_VERIFY = false
      CKA_WRAP = false
      CKA_UNWRAP = false
    }
    """
        .formatted(library, slot);
  }

  /** A copy, for whoever wipes it. */
  char[] pin() {
    return pin.clone();
  }

  /** Whether keys that are not there may be made. */
  boolean generate() {
    return generate;
  }

  /** How long a call may take. */
  Duration timeout() {
    return timeout;
  }

  private static Path library(String text) {
    Path path = Path.of(text);
    if (!path.isAbsolute() || text.matches(".*[\"\\\\$\\p{Cntrl}].*")) {
      throw new IllegalStateException(PREFIX + "LIBRARY must be a plain absolute path");
    }
    return path;
  }

  private static long slot(Environment environment) {
    String text =
        environment
            .text(PREFIX + "SLOT")
            .orElseThrow(() -> new IllegalStateException(PREFIX + "SLOT is not set"));
    try {
      return Integer.decode(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalStateException(PREFIX + "SLOT is not a slot number", e);
    }
  }

  private static char[] pin(Environment environment) {
    Optional<String> pin = environment.text(PREFIX + "PIN");
    Optional<String> file = environment.text(PREFIX + "PIN_FILE");
    if (pin.isPresent() == file.isPresent()) {
      throw new IllegalStateException(
          "one of " + PREFIX + "PIN and " + PREFIX + "PIN_FILE must be set");
    }
    return file.map(path -> new String(PrivateFile.read(Path.of(path)), StandardCharsets.UTF_8))
        .map(String::strip)
        .or(() -> pin)
        .orElseThrow()
        .toCharArray();
  }

  private static boolean generate(Environment environment) {
    String text = environment.text(PREFIX + "GENERATE").orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalStateException(PREFIX + "GENERATE must be true or false");
    }
    return text.equals("true");
  }

  @Override
  public String toString() {
    return "Pkcs11Settings(" + library.getFileName() + ", slot " + slot + ")";
  }
}
