package org.tallystick.party;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tallystick.crypto.Sha256;

/** A version of the program agreement: its text, and the hash that parties sign. */
public final class Agreement {
  private static final int NEWEST_VERSION = 1;
  private static final Agreement NEWEST = read(NEWEST_VERSION);

  private final int version;
  private final String text;
  private final byte[] hash;

  private Agreement(int version, byte[] utf8) {
    this.version = version;
    this.text = new String(utf8, StandardCharsets.UTF_8);
    this.hash = Sha256.of(utf8);
  }

  /** The version that new parties apply under. */
  public static Agreement newest() {
    return NEWEST;
  }

  /** A version by its number. */
  public static Optional<Agreement> of(int version) {
    return version == NEWEST_VERSION ? Optional.of(NEWEST) : Optional.empty();
  }

  /** The number. */
  public int version() {
    return version;
  }

  /** The text, UTF-8 with line feeds. */
  public String text() {
    return text;
  }

  /** SHA-256 of the text's bytes. */
  public byte[] hash() {
    return hash.clone();
  }

  private static Agreement read(int version) {
    String name = "agreement-" + version + ".txt";
    try (InputStream file = Agreement.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the text of agreement " + version + " is missing");
      }
      return new Agreement(version, file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the text of agreement " + version + " is unreadable", e);
    }
  }
}
