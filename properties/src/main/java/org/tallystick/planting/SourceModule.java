package org.tallystick.planting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A module whose sources are changed or whose tests are run. */
enum SourceModule {
  PROTOCOL("protocol"),
  DEVICE_SDK("device-sdk"),
  VERIFIER("verifier"),
  PERSISTENCE("persistence"),
  EJB("ejb-module");

  private static final Path ROOT = root();

  private final String folder;

  SourceModule(String folder) {
    this.folder = folder;
  }

  /** Modules whose classes its own classes and tests see. */
  private List<SourceModule> uses() {
    return switch (this) {
      case PROTOCOL -> List.of();
      case DEVICE_SDK, VERIFIER, PERSISTENCE -> List.of(PROTOCOL);
      case EJB -> List.of(PERSISTENCE, DEVICE_SDK, PROTOCOL);
    };
  }

  /** The project's folder, which has the front door in it. */
  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null && !Files.isRegularFile(here.resolve("tallystick"))) {
      here = here.getParent();
    }
    if (here == null) {
      throw new PlantingException("not inside the project's folder");
    }
    return here;
  }

  /** Source of a top-level class. */
  Path source(String className) {
    return ROOT.resolve(folder)
        .resolve("src/main/java")
        .resolve(className.replace('.', '/') + ".java");
  }

  /** Compiled classes of this module and of those below it, tests of this module first. */
  List<Path> classFolders() {
    List<Path> folders = new ArrayList<>();
    folders.add(ROOT.resolve(folder).resolve("target/test-classes"));
    folders.add(ROOT.resolve(folder).resolve("target/classes"));
    for (SourceModule module : uses()) {
      folders.add(ROOT.resolve(module.folder).resolve("target/classes"));
    }
    for (Path compiled : folders) {
      if (!Files.isDirectory(compiled)) {
        throw new PlantingException(ROOT.relativize(compiled) + " is missing; build first");
      }
    }
    return folders;
  }
}
