package org.tallystick.screening.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.tallystick.screening.EntityKind;
import org.tallystick.screening.ListedName;
import org.tallystick.screening.NameKind;
import org.tallystick.screening.TargetList;

/**
 * The published lists, whole. The last line of sdn.csv and of alt.csv has no line feed: who counts
 * line feeds finds 7,378 entries and 9,681 alternate names, one fewer of each than there are.
 */
@Tag("foreign")
@EnabledIf(
    value = "org.tallystick.screening.list.SampleLists#publishedAreThere",
    disabledReason = "../shared/data/screening is not there: the published lists were left out")
class PublishedListsTest {
  private static final Path FOLDER = SampleLists.published().orElseThrow();

  @Test
  void ofac_publishedFiles_haveAllEntriesAndAlternateNames() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : new String[] {"sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"}) {
      files.put(name, Files.readAllBytes(FOLDER.resolve(name)));
    }
    TargetList list = SampleLists.read(ListFormat.OFAC_CSV, files);
    assertThat(lineFeeds(files.get("sdn.csv"))).isEqualTo(7_378);
    assertThat(lineFeeds(files.get("alt.csv"))).isEqualTo(9_681);
    assertThat(list.entities()).hasSize(7_379);
    assertThat(SampleLists.count(list, NameKind.ALIAS)).isEqualTo(9_682);
    assertThat(SampleLists.count(list, NameKind.WEAK_ALIAS)).isEqualTo(2_037);
    assertThat(list.entities().stream().filter(e -> e.kind() == EntityKind.PERSON)).hasSize(3_845);
    assertThat(list.entities().stream().filter(e -> e.kind() == EntityKind.VESSEL)).hasSize(323);
    assertThat(list.entities().get(list.entities().size() - 1).names().get(0))
        .isEqualTo(new ListedName("MALKEVICH, Alexander Aleksandrovich", NameKind.PRIMARY));
  }

  @Test
  void un_publishedFile_hasAllEntries() throws Exception {
    TargetList list =
        SampleLists.read(
            ListFormat.UN_XML,
            Map.of(UnXml.FILE, Files.readAllBytes(FOLDER.resolve("UN_consolidated.xml"))));
    assertThat(list.entities()).hasSize(1_003);
    assertThat(list.entities().stream().filter(e -> e.kind() == EntityKind.PERSON)).hasSize(730);
    assertThat(list.entities().stream().flatMap(e -> e.names().stream()))
        .contains(new ListedName("صدام حسين التكريتي", NameKind.ALIAS))
        .contains(new ListedName("Rumuli", NameKind.WEAK_ALIAS))
        .contains(new ListedName("金铁三", NameKind.ALIAS));
  }

  private static long lineFeeds(byte[] file) {
    return new String(file, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();
  }
}
