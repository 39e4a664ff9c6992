package org.tallystick.bench.screening;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.screening.ListedEntity;
import org.tallystick.screening.TargetList;
import org.tallystick.screening.list.ListFormat;
import org.tallystick.screening.list.ListLimits;
import org.tallystick.screening.list.ListRefusedException;

/** The lists in a folder: OFAC's CSV files and the UN's {@code UN_consolidated.xml}. */
final class PublishedLists {
  private static final String FOLDER = "shared/data/screening";
  private static final String UN = "UN_consolidated.xml";

  private PublishedLists() {}

  /** The folder of foreign data beside the project, where it is there. */
  static Optional<Path> folder(Path from) {
    Path folder = from.toAbsolutePath();
    while (folder != null) {
      Path candidate = folder.resolve(FOLDER);
      if (Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }

  /**
   * Reads both lists.
   *
   * @throws IOException if a file is not there
   * @throws ListRefusedException if one is not the list that it should be
   */
  static List<TargetList> read(Path folder) throws IOException, ListRefusedException {
    List<String> ofac = new ArrayList<>(ListFormat.OFAC_CSV.neededFiles());
    ofac.addAll(ListFormat.OFAC_CSV.optionalFiles());
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : ofac) {
      files.put(name, Files.readAllBytes(folder.resolve(name)));
    }
    try (InputStream un = Files.newInputStream(folder.resolve(UN))) {
      return List.of(
          ListFormat.OFAC_CSV.readBytes(files, ListLimits.USUAL),
          ListFormat.UN_XML.read(
              Map.of(ListFormat.UN_XML.neededFiles().get(0), un), ListLimits.USUAL));
    }
  }

  /**
   * The lists without names in other scripts: a name in its own script then has to be found through
   * its Latin form, as it must be in the many entries that have no other.
   */
  static List<TargetList> inLatinOnly(List<TargetList> lists) {
    return lists.stream()
        .map(
            list ->
                new TargetList(
                    list.name(),
                    list.entities().stream().map(PublishedLists::inLatinOnly).toList()))
        .toList();
  }

  private static ListedEntity inLatinOnly(ListedEntity entity) {
    return new ListedEntity(
        entity.id(),
        entity.kind(),
        entity.names().stream().filter(Scripts::isLatin).toList(),
        entity.details());
  }
}
