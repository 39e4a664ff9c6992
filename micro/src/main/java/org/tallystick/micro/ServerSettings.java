package org.tallystick.micro;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a node is told by its environment.
 *
 * @param databaseUrl JDBC URL: {@code TALLYSTICK_DB_URL}, or made from {@code TALLYSTICK_DB_HOST},
 *     {@code _PORT} and {@code _NAME}
 * @param databaseUser {@code TALLYSTICK_DB_USER}
 * @param databasePassword {@code TALLYSTICK_DB_PASSWORD}, or the content of the file named by
 *     {@code TALLYSTICK_DB_PASSWORD_FILE}
 * @param httpAddress {@code TALLYSTICK_HTTP_ADDRESS}, the interface to listen on; loopback where
 *     nothing is said, because TLS ends before the server
 * @param httpPort {@code TALLYSTICK_HTTP_PORT}
 * @param nodeName {@code TALLYSTICK_NODE}
 * @param dataFolder {@code TALLYSTICK_DATA}
 */
record ServerSettings(
    String databaseUrl,
    String databaseUser,
    String databasePassword,
    String httpAddress,
    int httpPort,
    String nodeName,
    Path dataFolder) {
  private static final int MAX_PORT = 65_535;
  private static final int PATIENCE_MILLIS = 30_000;

  ServerSettings {
    if (httpPort < 1 || httpPort > MAX_PORT) {
      throw new IllegalArgumentException("TALLYSTICK_HTTP_PORT must be between 1 and 65535");
    }
    if (!httpAddress.matches("[0-9A-Fa-f.:]{2,45}")) {
      throw new IllegalArgumentException("TALLYSTICK_HTTP_ADDRESS must be an IP address");
    }
    if (!nodeName.matches("[A-Za-z0-9-]{1,40}")) {
      throw new IllegalArgumentException("TALLYSTICK_NODE: letters, digits and hyphens, up to 40");
    }
  }

  static ServerSettings from(Map<String, String> environment) throws IOException {
    return new ServerSettings(
        databaseUrl(environment),
        value(environment, "TALLYSTICK_DB_USER", "tallystick"),
        databasePassword(environment),
        value(environment, "TALLYSTICK_HTTP_ADDRESS", "127.0.0.1"),
        Integer.parseInt(value(environment, "TALLYSTICK_HTTP_PORT", "8080")),
        value(environment, "TALLYSTICK_NODE", "node-1"),
        Path.of(value(environment, "TALLYSTICK_DATA", "data")).toAbsolutePath());
  }

  /** Where the server keeps what it makes at start: nothing in it outlives a restart. */
  Path instanceFolder() {
    return dataFolder.resolve("server").resolve(nodeName);
  }

  /** Whether an application answers here that says how it is, well or not. */
  boolean answers() {
    String host = httpAddress.equals("0.0.0.0") ? "127.0.0.1" : httpAddress;
    try {
      URI health = new URI("http", null, host, httpPort, "/api/v1/health", null, null);
      HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      int status = connection.getResponseCode();
      return status == HttpURLConnection.HTTP_OK || status == HttpURLConnection.HTTP_UNAVAILABLE;
    } catch (SocketTimeoutException busy) {
      return true;
    } catch (IOException | URISyntaxException none) {
      return false;
    }
  }

  /** Hands the settings to the boot commands, which read system properties. */
  void publish() {
    System.setProperty("tallystick.http.address", httpAddress);
    System.setProperty("tallystick.db.url", guarded(databaseUrl));
    System.setProperty("tallystick.db.user", databaseUser);
    System.setProperty("tallystick.db.password", databasePassword);
  }

  /**
   * No lock is waited for longer than five seconds, and the database's errors do not quote rows
   * into the log; what an operator has set stands.
   */
  static String guarded(String url) {
    StringBuilder guarded = new StringBuilder(url);
    for (String option : List.of("options=-c%20lock_timeout=5s", "logServerErrorDetail=false")) {
      String name = option.substring(0, option.indexOf('=') + 1);
      if (!url.contains("?" + name) && !url.contains("&" + name)) {
        guarded.append(guarded.indexOf("?") < 0 ? '?' : '&').append(option);
      }
    }
    return guarded.toString();
  }

  private static String databaseUrl(Map<String, String> environment) {
    String url = value(environment, "TALLYSTICK_DB_URL", "");
    if (!url.isEmpty()) {
      return url;
    }
    return "jdbc:postgresql://%s:%s/%s"
        .formatted(
            value(environment, "TALLYSTICK_DB_HOST", "127.0.0.1"),
            value(environment, "TALLYSTICK_DB_PORT", "5432"),
            value(environment, "TALLYSTICK_DB_NAME", "tallystick"));
  }

  private static String databasePassword(Map<String, String> environment) throws IOException {
    String file = value(environment, "TALLYSTICK_DB_PASSWORD_FILE", "");
    return file.isEmpty()
        ? value(environment, "TALLYSTICK_DB_PASSWORD", "")
        : Files.readString(Path.of(file)).strip();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return nodeName + " on port " + httpPort + " with " + databaseUrl;
  }

  private static String value(Map<String, String> environment, String name, String otherwise) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }
}
