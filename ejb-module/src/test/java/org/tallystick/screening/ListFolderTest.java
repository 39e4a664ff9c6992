package org.tallystick.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.Environment;
import org.tallystick.node.Server;
import org.tallystick.screening.list.ListFormat;

/** Lists that are put into a folder, over a real database. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class ListFolderTest {
  private static final byte[] TEN =
      SampleList.of(
          "A One", "B Two", "C Three", "D Four", "E Five", "F Six", "G Seven", "H Eight", "I Nine",
          "J Ten");
  private static final byte[] TWO = SampleList.of("A One", "B Two");

  @TempDir Path keys;
  @TempDir Path folder;
  private Desk desk;
  private ListFolder node;

  @BeforeEach
  void open() {
    desk = new Desk(keys);
    Desk.empty(desk.entities);
    node = node("node-1", folder);
  }

  private ListFolder node(String name, Path at) {
    ListFolder made = new ListFolder();
    made.loading = new ListLoading();
    made.loading.editions = new EachInItsTransaction();
    made.loading.editions.entities = desk.entities;
    made.loading.editions.clock = desk.office.clock;
    made.clock = desk.office.clock;
    made.environment =
        new Environment(
            Map.of("TALLYSTICK_SCREENING_FOLDER", at.toString(), "TALLYSTICK_NODE", name));
    return made;
  }

  /** As the container has it. */
  private static final class EachInItsTransaction extends Editions {
    @Override
    public LoadOutcome store(
        String actor,
        ListFormat format,
        TargetList list,
        byte[] sha256,
        byte[] zip,
        @Nullable String shrinkReason) {
      return Server.inTransaction(
          entities, () -> super.store(actor, format, list, sha256, zip, shrinkReason));
    }
  }

  private void lookTwice() {
    node.look();
    node.look();
  }

  private List<Tuple> inForce() {
    return Server.inTransaction(desk.entities, desk.editions::inForce).stream()
        .map(each -> Tuple.tuple(each.list(), each.entries(), each.loadedBy()))
        .toList();
  }

  private List<String> in(String place) throws IOException {
    Path at = folder.resolve(place);
    if (!Files.isDirectory(at)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(at)) {
      return all.filter(Files::isRegularFile)
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private void put(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  @Test
  void file_isLoadedUnderItsName_andTakenAway() throws IOException {
    put("UN.UN_XML.2026-11-22.xml", TEN);
    put("BRANCH-7.UN_XML.xml", TWO);
    lookTwice();
    assertThat(inForce())
        .containsExactly(
            Tuple.tuple("BRANCH-7", 2, "system:folder"), Tuple.tuple("UN", 10, "system:folder"));
    assertThat(in("")).isEmpty();
    assertThat(in("taken-node-1")).isEmpty();
    assertThat(in("refused")).isEmpty();
    put("UN.UN_XML.again.xml", TEN);
    lookTwice();
    assertThat(in("")).as("confirmed").isEmpty();
  }

  @Test
  void fileThatStillGrows_isLeftAlone_untilItIsWhole() throws IOException {
    put("UN.UN_XML.xml", Arrays.copyOf(TEN, 300));
    node.look();
    put("UN.UN_XML.xml", Arrays.copyOf(TEN, 600));
    node.look();
    put("UN.UN_XML.xml", TEN);
    node.look();
    assertThat(inForce()).isEmpty();
    node.look();
    assertThat(inForce()).hasSize(1);
    assertThat(in("refused")).isEmpty();
  }

  @Test
  void fileUnderATemporaryName_isNotLookedAt() throws IOException {
    put(".UN.UN_XML.xml", TEN);
    put("UN.UN_XML.xml.part", TEN);
    lookTwice();
    lookTwice();
    assertThat(inForce()).isEmpty();
    assertThat(in("")).hasSize(2);
  }

  @Test
  void refusedFile_isKeptWithItsReason_andTheListBeforeStays() throws IOException {
    put("UN.UN_XML.xml", TEN);
    lookTwice();
    put("UN.UN_XML.xml", TWO);
    put("EU.UN_XML.xml", TEN);
    put("notes.txt", new byte[3]);
    put("OFAC-SDN.OFAC_CSV.zip", TEN);
    Files.createSymbolicLink(folder.resolve("UN.UN_XML.link.xml"), keys.resolve("elsewhere"));
    lookTwice();
    assertThat(inForce()).containsExactly(Tuple.tuple("UN", 10, "system:folder"));
    List<String> refused = in("refused");
    assertThat(refused.stream().filter(name -> name.endsWith(".reason.txt"))).hasSize(5);
    assertThat(refused.stream().filter(name -> name.endsWith("-UN.UN_XML.xml"))).hasSize(1);
    String reason =
        refused.stream()
            .filter(name -> name.endsWith("-UN.UN_XML.xml.reason.txt"))
            .findFirst()
            .orElseThrow();
    assertThat(Files.readString(folder.resolve("refused").resolve(reason)))
        .contains("has 10 names, this one 2");
    assertThat(in("")).isEmpty();
    assertThat(in("taken-node-1")).isEmpty();
  }

  /** Whoever moves a file first has it; what a node had taken when it stopped it loads again. */
  @Test
  void severalNodes_onOneFolder_loadOnce_andGoOnAfterAStop() throws IOException {
    ListFolder other = node("node-2", folder);
    put("UN.UN_XML.xml", TEN);
    node.look();
    other.look();
    other.look();
    node.look();
    assertThat(inForce()).hasSize(1);
    Files.write(folder.resolve("taken-node-2").resolve("UN.UN_XML.xml"), TEN);
    node("node-2", folder).look();
    assertThat(in("taken-node-2")).isEmpty();
    assertThat(inForce()).hasSize(1);
    assertThat(in("refused")).isEmpty();
  }

  @Test
  void folderThatCannotBeWritten_isAFaultInWords() throws IOException {
    Path file = Files.write(folder.resolve(".file"), new byte[1]);
    assertThatThrownBy(() -> node("node-1", file).look())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("TALLYSTICK_SCREENING_FOLDER");
  }
}
