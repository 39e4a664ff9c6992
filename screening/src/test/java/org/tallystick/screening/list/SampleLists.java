package org.tallystick.screening.list;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tallystick.screening.ListedEntity;
import org.tallystick.screening.NameKind;
import org.tallystick.screening.TargetList;

/** The small lists of the tests, and the folder of the published ones where it is there. */
final class SampleLists {
  private SampleLists() {}

  /** The small list of this format, whole. */
  static Map<String, byte[]> files(ListFormat format) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : format.neededFiles()) {
      try (var resource = SampleLists.class.getResourceAsStream("/lists/" + name)) {
        files.put(name, resource.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /** The same with one file's text changed. */
  static Map<String, byte[]> changed(ListFormat format, String file, String from, String to) {
    Map<String, byte[]> files = files(format);
    String text = new String(files.get(file), StandardCharsets.UTF_8);
    if (!text.contains(from)) {
      throw new IllegalArgumentException("the sample does not have: " + from);
    }
    files.put(file, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    return files;
  }

  static TargetList read(ListFormat format, Map<String, byte[]> files) throws ListRefusedException {
    return format.readBytes(files, ListLimits.USUAL);
  }

  static long count(TargetList list, NameKind kind) {
    return list.entities().stream()
        .map(ListedEntity::names)
        .flatMap(java.util.Collection::stream)
        .filter(name -> name.kind() == kind)
        .count();
  }

  /** Whether the published lists are there. */
  static boolean publishedAreThere() {
    return published().isPresent();
  }

  static Optional<Path> published() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path candidate = folder.resolve("shared/data/screening");
      if (Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }
}
