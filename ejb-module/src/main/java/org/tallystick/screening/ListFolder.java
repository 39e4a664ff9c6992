package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tallystick.node.Environment;
import org.tallystick.screening.LoadOutcome.InForce;
import org.tallystick.screening.LoadOutcome.Loaded;
import org.tallystick.screening.LoadOutcome.Refused;
import org.tallystick.screening.LoadOutcome.Shrunk;
import org.tallystick.screening.list.ListFormat;
import org.tallystick.screening.list.ListLimits;

/**
 * Loads lists that somebody puts into the folder {@code TALLYSTICK_SCREENING_FOLDER}, as {@code
 * LIST.FORMAT.xml}, {@code .csv} or {@code .zip}, with anything between another pair of dots:
 * {@code UN.UN_XML.2026-11-22.xml}.
 *
 * <p>A file is taken when it was the same in two looks, so none is taken half-written; names that
 * begin with a dot or end with {@code .part} or {@code .tmp} are not looked at. The node moves it
 * into its own {@code taken-NODE} first, which of two nodes only one can; what it finds there from
 * before it stopped it loads again, which changes nothing. A list in force is deleted from there, a
 * refused one is moved to {@code refused} with its reason beside it.
 */
@ApplicationScoped
public class ListFolder {
  /** Who loads. */
  static final String ACTOR = "system:folder";

  private static final Logger LOG = System.getLogger(ListFolder.class.getName());
  private static final String VARIABLE = "TALLYSTICK_SCREENING_FOLDER";
  private static final String REFUSED = "refused";
  private static final int MOST_FILES = 100;
  private static final Pattern NAME =
      Pattern.compile(
          "(?<list>[^.]+)\\.(?<format>[^.]+)(\\.[A-Za-z0-9_-]{1,40})?\\.(?<end>xml|csv|zip)");
  private static final Pattern UNFINISHED = Pattern.compile("\\..*|.*\\.(part|tmp)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  @EJB ListLoading loading;
  @Inject Environment environment;
  @Inject Clock clock;

  private final Map<Path, Seen> before = new HashMap<>();

  private record Seen(long size, long changed) {}

  /** Whether there is such a folder. */
  public boolean watched() {
    return environment.text(VARIABLE).isPresent();
  }

  /** One look. */
  public synchronized void look() {
    Path folder = Path.of(environment.text(VARIABLE).orElseThrow());
    try {
      Path own = Files.createDirectories(folder.resolve("taken-" + environment.nodeName()));
      take(folder, own);
      for (Path file : files(own)) {
        load(file, folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(VARIABLE + ": " + folder + " cannot be read or written", e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> !UNFINISHED.matcher(path.getFileName().toString()).matches())
          .sorted()
          .limit(MOST_FILES)
          .toList();
    }
  }

  private void take(Path folder, Path own) throws IOException {
    Map<Path, Seen> now = new HashMap<>();
    for (Path file : files(folder)) {
      try {
        BasicFileAttributes is =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Seen seen = new Seen(is.size(), is.lastModifiedTime().toMillis());
        if (seen.equals(before.get(file))) {
          Files.move(file, own.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        } else {
          now.put(file, seen);
        }
      } catch (NoSuchFileException e) {
        LOG.log(Level.DEBUG, "another node has taken it", e);
      }
    }
    before.clear();
    before.putAll(now);
  }

  private void load(Path file, Path folder) throws IOException {
    String name = file.getFileName().toString();
    try {
      Optional<String> refusal = refusal(file);
      if (refusal.isEmpty()) {
        Files.deleteIfExists(file);
        LOG.log(Level.INFO, "screening: {0} is in force", name);
        return;
      }
      Path refused = Files.createDirectories(folder.resolve(REFUSED));
      String kept = TIME.format(clock.instant()) + "-" + name;
      Files.writeString(refused.resolve(kept + ".reason.txt"), refusal.get() + "\n");
      Files.move(file, refused.resolve(kept), StandardCopyOption.ATOMIC_MOVE);
      LOG.log(Level.WARNING, "screening: {0} is refused: {1}", name, refusal.get());
    } catch (NoSuchFileException e) {
      LOG.log(Level.DEBUG, "another node of this name was at it", e);
    }
  }

  /** Loads a file; why it is refused. */
  private Optional<String> refusal(Path file) throws IOException {
    Matcher name = NAME.matcher(file.getFileName().toString());
    Optional<ListFormat> format =
        name.matches()
            ? Stream.of(ListFormat.values())
                .filter(one -> one.name().equals(name.group("format")))
                .findFirst()
            : Optional.empty();
    if (format.isEmpty() || !ListName.valid(name.group("list"), format.get())) {
      return Optional.of(
          "files are called LIST.FORMAT.xml, .csv or .zip, such as UN.UN_XML.2026-11-22.xml");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of("this is no file");
    }
    if (Files.size(file) > ListLimits.USUAL.totalBytes()) {
      return Optional.of("more than " + ListLimits.USUAL.totalBytes() + " bytes");
    }
    return refusal(
        loading.dropped(
            name.group("list"),
            format.get(),
            Files.readAllBytes(file),
            name.group("end").equals("zip")));
  }

  private static Optional<String> refusal(LoadOutcome outcome) {
    if (outcome instanceof Loaded || outcome instanceof InForce) {
      return Optional.empty();
    }
    if (outcome instanceof Refused refused) {
      return Optional.of(refused.reason());
    }
    Shrunk shrunk = (Shrunk) outcome;
    return Optional.of(
        "the list in force has "
            + shrunk.inForce()
            + " names, this one "
            + shrunk.given()
            + "; if that is right, an approver loads it over the API with shrink=true");
  }
}
