package org.tallystick.planting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A module whose sources are changed or whose tests are run. */
enum SourceModule {
  PROTOCOL("protocol"),
  DEVICE_SDK("device-sdk", PROTOCOL),
  VERIFIER("verifier", PROTOCOL),
  PERSISTENCE("persistence", PROTOCOL),
  EJB("ejb-module", PERSISTENCE, DEVICE_SDK, PROTOCOL);

  private static final Path ROOT = root();

  private final String folder;
  private final List<SourceModule> uses;

  SourceModule(String folder, SourceModule... uses) {
    this.folder = folder;
    this.uses = List.of(uses);
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

  /** The module's folder, as in the project. */
  String folder() {
    return folder;
  }

  /** Source of a top-level class. */
  Path source(String className) {
    return ROOT.resolve(folder)
        .resolve("src/main/java")
        .resolve(className.replace('.', '/') + ".java");
  }

  /** Compiled classes of this module and of those below it, tests of this module first. */
  List<Path> classFolders() {
    Set<SourceModule> modules = new LinkedHashSet<>(List.of(this));
    modules.addAll(uses);
    List<Path> folders = new ArrayList<>();
    folders.add(ROOT.resolve(folder).resolve("target/test-classes"));
    for (SourceModule module : modules) {
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
