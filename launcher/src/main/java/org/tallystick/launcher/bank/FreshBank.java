package org.tallystick.launcher.bank;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A running bank that nobody has taken over yet, on whatever server.
 *
 * @param base such as http://127.0.0.1:8080/
 * @param data the bank's own folder, where it tells its founders what they need
 */
public record FreshBank(URI base, Path data) {
  /** What devices pin: base64url of 32 bytes. */
  public String rootFingerprint() throws IOException {
    return Files.readString(data.resolve("root-fingerprint")).strip();
  }

  /** With which the first administrator signs in, once. */
  public String firstPassword() throws IOException {
    return Files.readString(data.resolve("first-admin-password")).strip();
  }
}
