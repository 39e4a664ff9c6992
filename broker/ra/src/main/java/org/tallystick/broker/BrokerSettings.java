package org.tallystick.broker;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the broker is, from system properties or else the environment.
 *
 * @param dataFolder folder of journal, bindings and pages ({@code TALLYSTICK_MQ_DATA}); used by an
 *     embedded broker only
 * @param host host of a remote broker ({@code TALLYSTICK_MQ_HOST}); empty means embedded
 * @param port TCP port ({@code TALLYSTICK_MQ_PORT})
 * @param user name to log in with ({@code TALLYSTICK_MQ_USER})
 * @param password password to log in with ({@code TALLYSTICK_MQ_PASSWORD})
 */
record BrokerSettings(
    Path dataFolder,
    Optional<String> host,
    int port,
    Optional<String> user,
    Optional<String> password) {
  private static final int DEFAULT_PORT = 61616;
  private static final int MAX_PORT = 65_535;

  BrokerSettings {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("TALLYSTICK_MQ_PORT must be between 1 and 65535");
    }
    if (user.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException(
          "TALLYSTICK_MQ_USER and TALLYSTICK_MQ_PASSWORD go together or not at all");
    }
  }

  /** Reads the settings of this process. */
  static BrokerSettings fromEnvironment() {
    return new BrokerSettings(
        Path.of(value("TALLYSTICK_MQ_DATA").orElse("data/mq")),
        value("TALLYSTICK_MQ_HOST"),
        value("TALLYSTICK_MQ_PORT").map(Integer::parseInt).orElse(DEFAULT_PORT),
        value("TALLYSTICK_MQ_USER"),
        value("TALLYSTICK_MQ_PASSWORD"));
  }

  boolean remote() {
    return host.isPresent();
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return remote() ? "remote broker, port " + port : "embedded broker";
  }

  private static Optional<String> value(String name) {
    return Optional.ofNullable(System.getProperty(name))
        .or(() -> Optional.ofNullable(System.getenv(name)))
        .filter(text -> !text.isBlank());
  }
}
