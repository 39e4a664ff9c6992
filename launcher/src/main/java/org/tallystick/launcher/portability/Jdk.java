package org.tallystick.launcher.portability;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.tallystick.launcher.LaunchException;

/**
 * A JDK on this machine.
 *
 * @param home its folder
 * @param version such as 17.0.16
 */
public record Jdk(Path home, String version) {
  /** The one that runs this. */
  public static Jdk own() {
    return new Jdk(
        Path.of(System.getProperty("java.home")), System.getProperty("java.version", "unknown"));
  }

  /**
   * The one in this folder; its version is what its own file {@code release} says.
   *
   * @throws LaunchException where there is none
   */
  public static Jdk at(Path home) {
    Path absolute = home.toAbsolutePath().normalize();
    if (!Files.isExecutable(absolute.resolve("bin").resolve("java"))) {
      throw new LaunchException("no JDK in " + absolute + ": there is no bin/java");
    }
    Properties release = new Properties();
    try (Reader reader =
        Files.newBufferedReader(absolute.resolve("release"), StandardCharsets.UTF_8)) {
      release.load(reader);
    } catch (IOException e) {
      throw new LaunchException("no JDK in " + absolute + ": it has no file 'release'", e);
    }
    return new Jdk(absolute, release.getProperty("JAVA_VERSION", "unknown").replace("\"", ""));
  }
}
