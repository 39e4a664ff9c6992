package org.tallystick.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.screening.LoadOutcome.InForce;
import org.tallystick.screening.LoadOutcome.Loaded;
import org.tallystick.screening.LoadOutcome.Refused;
import org.tallystick.screening.LoadOutcome.Shrunk;
import org.tallystick.screening.list.ListFormat;
import org.tallystick.staff.Actor;
import org.tallystick.staff.NotPermittedException;
import org.tallystick.staff.Role;

/** Lists as they are loaded, over a real database. */
class ListLoadingTest {
  private static final byte[] TEN =
      SampleList.of(
          "A One", "B Two", "C Three", "D Four", "E Five", "F Six", "G Seven", "H Eight", "I Nine",
          "J Ten");

  @TempDir Path keys;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(keys);
    Desk.empty(desk.entities);
  }

  private long stored() {
    return Server.inTransaction(
        desk.entities,
        () ->
            ((Number)
                    desk.entities
                        .createNativeQuery(
                            "select (select count(*) from screening_edition)"
                                + " + (select count(*) from screening_edition_content)")
                        .getSingleResult())
                .longValue());
  }

  private static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream archive = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        archive.putNextEntry(new ZipEntry(file.getKey()));
        archive.write(file.getValue());
        archive.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> ofac() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        "sdn.csv",
        text(
            "36,\"TARVOLENKO, Mikhail\",\"individual\",\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n"));
    files.put("alt.csv", text("36,12,\"aka\",\"TARWOLENKO, Mihail\",-0- \r\n"));
    files.put("add.csv", text("36,25,\"1 Example Street\",\"Havana\",\"Cuba\",-0- \r\n"));
    return files;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private LoadOutcome ofac(byte[] archive) {
    return desk.load(Desk.ADMINISTRATOR, ListFormat.OFAC_CSV, archive, true, null);
  }

  @Test
  void list_isInForceUntilTheNext_andTheSameBytesChangeNothing() {
    ScreeningEdition first = ((Loaded) desk.load(TEN)).edition();
    assertThat(first.entries()).isEqualTo(10);
    assertThat(desk.load(TEN)).isInstanceOf(InForce.class);
    assertThat(stored()).isEqualTo(2);
    byte[] next =
        SampleList.remarked(
            "changed", "A One", "B Two", "C Three", "D Four", "E Five", "F Six", "G Seven",
            "H Eight");
    ScreeningEdition second = ((Loaded) desk.load(next)).edition();
    assertThat(second.generation()).isGreaterThan(first.generation());
    assertThat(Server.inTransaction(desk.entities, desk.editions::inForce))
        .extracting(ScreeningEdition::id)
        .containsExactly(second.id());
    assertThat(stored()).as("the one before is kept").isEqualTo(4);
  }

  @Test
  void listThatShrank_isAnApproversToLoad_withAReason() {
    desk.load(TEN);
    byte[] seven =
        SampleList.of("A One", "B Two", "C Three", "D Four", "E Five", "F Six", "G Seven");
    assertThat(desk.load(seven)).isEqualTo(new Shrunk(10, 7));
    assertThat(stored()).isEqualTo(2);
    assertThatThrownBy(() -> desk.load(Desk.ADMINISTRATOR, seven, "it is so"))
        .isInstanceOf(NotPermittedException.class);
    Loaded loaded = (Loaded) desk.load(BackOffice.APPROVER, seven, "it is so");
    assertThat(loaded.edition().shrinkReason()).isEqualTo("it is so");
  }

  @Test
  void listCutOffWithinItsText_isRefused() {
    assertThat(desk.load(Arrays.copyOf(TEN, TEN.length - 40))).isInstanceOf(Refused.class);
    assertThat(stored()).isZero();
  }

  @Test
  void nobodyButTheConsortiumsAdministrator_loadsLists() {
    for (Actor other :
        new Actor[] {
          BackOffice.CLERK,
          BackOffice.APPROVER,
          BackOffice.AUDITOR,
          new Actor("local", Set.of(Role.ADMINISTRATOR), 1L)
        }) {
      assertThatThrownBy(() -> desk.load(other, TEN, null))
          .isInstanceOf(NotPermittedException.class);
    }
    assertThat(stored()).isZero();
  }

  @Test
  void ofacCsv_comesAsOneArchive() {
    Loaded loaded = (Loaded) ofac(zip(ofac()));
    assertThat(loaded.edition().list()).isEqualTo("OFAC-SDN");
    assertThat(loaded.edition().names()).isEqualTo(2);
    desk.build();
    assertThat(Server.inTransaction(desk.entities, desk.stage::ready)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.csv", "folder/sdn.csv", "../sdn.csv", "SDN.CSV"})
  void archive_withAnotherName_isRefused(String name) {
    Map<String, byte[]> files = ofac();
    files.put(name, text("x"));
    assertThat(ofac(zip(files))).isInstanceOf(Refused.class);
    assertThat(stored()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sdn.csv", "alt.csv", "add.csv"})
  void archive_withoutAFile_isRefused(String name) {
    Map<String, byte[]> files = ofac();
    files.remove(name);
    assertThat(ofac(zip(files))).isInstanceOf(Refused.class);
    assertThat(stored()).isZero();
  }

  /** A hundred kilobytes that would be a hundred megabytes. */
  @Test
  void zipBomb_isRefused_beforeItInflates() {
    Map<String, byte[]> files = ofac();
    files.put("sdn.csv", new byte[100 << 20]);
    byte[] bomb = zip(files);
    assertThat(bomb.length).isLessThan(200_000);
    assertThat(ofac(bomb)).isEqualTo(new Refused("the archive inflates to too much"));
    assertThat(stored()).isZero();
  }

  @Test
  void bytesThatAreNoArchive_areRefused() {
    byte[] good = zip(ofac());
    assertThat(ofac(new byte[0])).isInstanceOf(Refused.class);
    assertThat(ofac(TEN)).isInstanceOf(Refused.class);
    assertThat(ofac(Arrays.copyOf(good, 60))).isInstanceOf(Refused.class);
    assertThat(desk.load(Desk.ADMINISTRATOR, ListFormat.OFAC_CSV, TEN, false, null))
        .isInstanceOf(Refused.class);
    assertThat(stored()).isZero();
  }
}
