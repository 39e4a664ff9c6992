package org.tallystick.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The folder in which a server keeps its configuration and generated classes while it runs.
 *
 * <p>It is made anew from the server's own at each start, so no old setting lingers.
 */
final class InstanceFolder {
  private static final List<String> MADE_AT_START =
      List.of("config", "applications", "generated", "docroot", "lib");
  private static final List<String> COPIED = List.of("config", "docroot", "lib");

  private InstanceFolder() {}

  static void renew(Path instance, Path pristine) throws IOException {
    Files.createDirectories(instance);
    for (String part : MADE_AT_START) {
      delete(instance.resolve(part));
    }
    for (String part : COPIED) {
      copy(pristine.resolve(part), instance.resolve(part));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
