package org.tallystick.launcher.portability;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.tallystick.launcher.LaunchException;

/**
 * A full server as the repository of libraries keeps it: one zip file under its coordinates.
 *
 * <p>Names and versions come from {@code servers.properties}, which the build fills in from its own
 * list of versions, so that each stands in one place.
 *
 * @param name such as payara; also the folder of its scripts
 * @param group first part of its coordinates
 * @param artifact second part
 * @param version third part
 */
public record Distribution(String name, String group, String artifact, String version) {
  private static final Properties KNOWN = read();

  /** All of them, in the order of the table. */
  public static List<Distribution> all() {
    return Arrays.stream(KNOWN.getProperty("servers").split(",", -1))
        .map(Distribution::known)
        .toList();
  }

  /**
   * The one of that name.
   *
   * @throws LaunchException where there is none
   */
  public static Distribution named(String name) {
    return all().stream()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new LaunchException("no such server: " + name + "; there are " + all()));
  }

  /** Coordinates of the plugin that fetches them. */
  static String plugin() {
    return KNOWN.getProperty("plugin");
  }

  private static Distribution known(String name) {
    String[] parts = KNOWN.getProperty(name).split(":", -1);
    return new Distribution(name, parts[0], parts[1], parts[2]);
  }

  private static Properties read() {
    Properties properties = new Properties();
    try (InputStream stream = Distribution.class.getResourceAsStream("servers.properties")) {
      if (stream == null) {
        throw new IllegalStateException("the list of servers is not in this build");
      }
      properties.load(stream);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Maven writes it. */
  String coordinates() {
    return group + ":" + artifact + ":" + version + ":zip";
  }

  /** Name of the file. */
  String fileName() {
    return artifact + "-" + version + ".zip";
  }

  @Override
  public String toString() {
    return name;
  }
}
