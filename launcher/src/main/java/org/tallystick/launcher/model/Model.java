package org.tallystick.launcher.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tallystick.launcher.LaunchException;

/**
 * A Promela file and what its head says of it: a line {@code guard NAME STEP meaning} for each rule
 * that can be left out, a line {@code unreached TEXT} for each statement that is never reached.
 *
 * @param name without folder and ending
 * @param file where it is
 * @param guards in the order of the file, at least one
 * @param unreached statements, as Spin prints them, that need not be reached
 */
public record Model(String name, Path file, List<Guard> guards, Set<String> unreached) {
  private static final String ENDING = ".pml";
  private static final Pattern GUARD =
      Pattern.compile("^ \\* guard +([A-Z_0-9]+) +(\\S+) +(\\S.*)$", Pattern.MULTILINE);
  private static final Pattern UNREACHED =
      Pattern.compile("^ \\* unreached +(\\S.*)$", Pattern.MULTILINE);
  private static final Pattern SWITCH = Pattern.compile("\\bNO_([A-Z_0-9]+)");

  /** All models of a folder by name. */
  public static List<Model> in(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + ENDING)) {
      found.forEach(files::add);
    }
    List<Model> models = new ArrayList<>();
    for (Path file : files.stream().sorted().toList()) {
      models.add(read(file));
    }
    return List.copyOf(models);
  }

  /**
   * Reads one file.
   *
   * @throws LaunchException where a guard of its head is no switch in it, or the other way round
   */
  static Model read(Path file) throws IOException {
    String text = Files.readString(file);
    String name = file.getFileName().toString().replace(ENDING, "");
    List<Guard> guards =
        GUARD
            .matcher(text)
            .results()
            .map(line -> new Guard(line.group(1), line.group(2), line.group(3)))
            .toList();
    Set<String> told =
        guards.stream().map(Guard::name).collect(Collectors.toCollection(TreeSet::new));
    Set<String> used = new TreeSet<>(all(SWITCH, text));
    if (told.isEmpty() || told.size() != guards.size() || !told.equals(used)) {
      throw new LaunchException(
          "%s: its head tells of guards %s, its text has switches for %s"
              .formatted(name, told, used));
    }
    return new Model(name, file, guards, Set.copyOf(all(UNREACHED, text)));
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult r) -> r.group(1).strip()).toList();
  }

  /** The guard of this name. */
  public Optional<Guard> guard(String wanted) {
    return guards.stream().filter(guard -> guard.name().equals(wanted)).findFirst();
  }
}
