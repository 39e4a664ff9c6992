package org.tallystick.screening.list;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tallystick.screening.EntityKind;
import org.tallystick.screening.ListedName;
import org.tallystick.screening.NameKind;
import org.tallystick.screening.TargetList;

class ListFormatTest {
  @Test
  void ofacCsv_sample_isReadWithWeakAliasesOfTheRemarks() throws Exception {
    TargetList list = SampleLists.read(ListFormat.OFAC_CSV, SampleLists.files(ListFormat.OFAC_CSV));
    assertThat(list.name()).isEqualTo("OFAC-SDN");
    assertThat(list.entities())
        .extracting(entity -> entity.id())
        .containsExactly("36", "101", "202");
    assertThat(list.entities().get(0).details())
        .containsExactly("Programme: CUBA", "Address: Havana Cuba");
    assertThat(list.entities().get(1).kind()).isEqualTo(EntityKind.PERSON);
    assertThat(list.entities().get(1).names())
        .containsExactly(
            new ListedName("DE LA TORRE, Juan \"El Rey\"", NameKind.PRIMARY),
            new ListedName("TORRE, Juan", NameKind.ALIAS),
            new ListedName("O'NINNO", NameKind.WEAK_ALIAS),
            new ListedName("MECHAS", NameKind.WEAK_ALIAS));
    assertThat(list.entities().get(1).details())
        .containsExactly(
            "Programme: SDNTK", "Title: Manager", "DOB 24 Jul 1950", "POB Pereira, Colombia");
    assertThat(list.entities().get(2).kind()).isEqualTo(EntityKind.VESSEL);
  }

  @Test
  void ofacXml_sample_saysTheSame() throws Exception {
    TargetList list = SampleLists.read(ListFormat.OFAC_XML, SampleLists.files(ListFormat.OFAC_XML));
    assertThat(list.entities()).hasSize(3);
    assertThat(list.entities().get(1).names())
        .containsExactly(
            new ListedName("DE LA TORRE, Juan & Sons", NameKind.PRIMARY),
            new ListedName("MECHAS", NameKind.WEAK_ALIAS),
            new ListedName("TORRE, Juan", NameKind.ALIAS));
    assertThat(list.entities().get(1).details())
        .contains("Born: 24 Jul 1950", "Nationality: Colombia", "Programme: SDGT");
    assertThat(list.entities().get(2).kind()).isEqualTo(EntityKind.VESSEL);
  }

  @Test
  void un_sample_splitsNamesAndKeepsOriginalScript() throws Exception {
    TargetList list = SampleLists.read(ListFormat.UN_XML, SampleLists.files(ListFormat.UN_XML));
    assertThat(list.entities().get(0).names())
        .containsExactly(
            new ListedName("SAMPLE AL EXAMPLE", NameKind.PRIMARY),
            new ListedName("سامبل المثال", NameKind.ALIAS),
            new ListedName("Sampel Exampel", NameKind.ALIAS),
            new ListedName("Sampil Exampil", NameKind.ALIAS),
            new ListedName("Abu Example", NameKind.WEAK_ALIAS),
            new ListedName("Абу Пример", NameKind.WEAK_ALIAS),
            new ListedName("Example Junior", NameKind.ALIAS));
    assertThat(list.entities().get(1).kind()).isEqualTo(EntityKind.ORGANISATION);
  }

  @Test
  void eu_sample_takesTheFirstStrongNameAsPrimary() throws Exception {
    TargetList list = SampleLists.read(ListFormat.EU_XML, SampleLists.files(ListFormat.EU_XML));
    assertThat(list.entities().get(0).names())
        .containsExactly(
            new ListedName("Sample Al Example", NameKind.PRIMARY),
            new ListedName("Abu Example", NameKind.WEAK_ALIAS),
            new ListedName("Пример Примеров", NameKind.ALIAS));
    assertThat(list.entities().get(0).details())
        .contains("Born: 1937-04-28", "Reference: EU.0.01", "Remarks: example remark");
    assertThat(list.entities().get(1).kind()).isEqualTo(EntityKind.ORGANISATION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "OFAC_CSV|alt.csv|36,12|37,12|alt.csv, line 1: it belongs to an entry that sdn.csv does not"
            + " have",
        "OFAC_CSV|alt.csv|\"SOL LINES\"|-0-|alt.csv, line 2: there is no name",
        "OFAC_CSV|sdn.csv|101,|36,|sdn.csv, line 2: its entry has the number of another one",
        "OFAC_CSV|sdn.csv|\"vessel\"|\"vessel|sdn.csv, line 3: something stands between a quoted"
            + " field and the comma",
        "OFAC_CSV|sdn.csv|\"Whale Shipping\"|\"Whale Shipping\",-0-|sdn.csv, line 3: more than 12"
            + " fields",
        "OFAC_CSV|sdn.csv|\"Whale Shipping\",|x|sdn.csv, line 3: 11 fields instead of 12",
        "OFAC_CSV|sdn.csv|\"BLUE WHALE\"|-0-|sdn.csv, line 3: its entry has no name",
        "OFAC_CSV|add.csv|\"Cuba\"|Cu\"ba|add.csv, line 1: a quote stands within a bare field",
        "OFAC_XML|sdn.xml|<Record_Count>3|<Record_Count>4|sdn.xml: it says that it has 4 entries,"
            + " but has 3",
        "OFAC_XML|sdn.xml|<Record_Count>3|<Record_Count>x|sdn.xml, line 4: Record_Count is no"
            + " number",
        "OFAC_XML|sdn.xml|</sdnList>|<sdnList>|sdn.xml, line 58: not well-formed XML",
        "OFAC_XML|sdn.xml|sdnList|sdnFile|sdn.xml, line 3: the outermost element is not sdnList",
        "OFAC_XML|sdn.xml|<uid>36</uid>|<uid/>|sdn.xml, line 8: its entry has no number, or one"
            + " that is too long",
        "OFAC_XML|sdn.xml|<sdnList |<!DOCTYPE sdnList SYSTEM \"file:/x\"><sdnList |sdn.xml, line 3:"
            + " a document type or an entity of its own",
        "OFAC_XML|sdn.xml|Juan &amp;|Juan &other;|sdn.xml, line 22: not well-formed XML",
        "UN_XML|consolidated.xml|<DATAID>2|<DATAID>1|consolidated.xml, line 22: its entry has the"
            + " number of another one",
        "EU_XML|xmlFullSanctionsList_1_1.xml|sanctionEntity|otherEntity|EU: the list has no entry",
      })
  void list_withOneThingWrong_isRefusedWithPlaceAndReason(
      ListFormat format, String file, String from, String to, String message) {
    assertThatExceptionOfType(ListRefusedException.class)
        .isThrownBy(() -> SampleLists.read(format, SampleLists.changed(format, file, from, to)))
        .withMessage(message);
  }

  @Test
  void remarks_thatGoOnInAMissingFile_areRefused() {
    String long1000 = "x".repeat(1000);
    Map<String, byte[]> files =
        SampleLists.changed(ListFormat.OFAC_CSV, "sdn.csv", "DOB 24 Jul 1950", long1000);
    assertThatExceptionOfType(ListRefusedException.class)
        .isThrownBy(() -> SampleLists.read(ListFormat.OFAC_CSV, files))
        .withMessageContaining("its remarks go on in sdn_comments.csv");
    files.put("sdn_comments.csv", "101,\"; a.k.a. 'MORE'.\"\n".getBytes(UTF_8));
    assertThat(readNames(files)).contains("MORE");
  }

  private static String readNames(Map<String, byte[]> files) {
    try {
      return SampleLists.read(ListFormat.OFAC_CSV, files).entities().get(1).names().toString();
    } catch (ListRefusedException e) {
      throw new AssertionError(e);
    }
  }

  /** Cut anywhere, a list is never read as a shorter one. */
  @ParameterizedTest
  @EnumSource(
      value = ListFormat.class,
      names = {"OFAC_XML", "UN_XML", "EU_XML"})
  void xml_cutAnywhere_isRefused(ListFormat format) {
    String file = format.neededFiles().get(0);
    byte[] whole = SampleLists.files(format).get(file);
    int end = new String(whole, UTF_8).stripTrailing().getBytes(UTF_8).length;
    for (int length = 0; length < end; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(ListRefusedException.class)
          .as("cut after %d bytes", length)
          .isThrownBy(() -> SampleLists.read(format, Map.of(file, cut)));
    }
  }

  @ParameterizedTest
  @EnumSource(ListFormat.class)
  void list_beyondALimit_isRefused(ListFormat format) throws Exception {
    Map<String, byte[]> files = SampleLists.files(format);
    int bytes = files.values().stream().mapToInt(file -> file.length).sum();
    assertRefused(format, new ListLimits(bytes - 1, 100, 100, 100, 100, 100, 1_000, 16), "bytes");
    assertRefused(format, new ListLimits(bytes, 1, 100, 100, 100, 100, 1_000, 16), "entries");
    assertRefused(format, new ListLimits(bytes, 100, 1, 100, 100, 100, 1_000, 16), "names");
    assertRefused(format, new ListLimits(bytes, 100, 100, 10, 100, 100, 1_000, 16), "characters");
    if (format.name().endsWith("_XML")) {
      assertRefused(format, new ListLimits(bytes, 100, 100, 100, 100, 100, 5, 16), "parts");
      assertRefused(format, new ListLimits(bytes, 100, 100, 100, 100, 100, 100, 2), "inside");
    }
    TargetList cut = format.readBytes(files, new ListLimits(bytes, 100, 100, 100, 2, 8, 1_000, 16));
    assertThat(cut.entities())
        .allSatisfy(
            entity ->
                assertThat(entity.details())
                    .hasSizeLessThanOrEqualTo(2)
                    .allSatisfy(detail -> assertThat(detail).hasSizeLessThanOrEqualTo(8)));
  }

  private static void assertRefused(ListFormat format, ListLimits limits, String word) {
    Map<String, InputStream> streams = new LinkedHashMap<>();
    SampleLists.files(format)
        .forEach((name, bytes) -> streams.put(name, new ByteArrayInputStream(bytes)));
    assertThatExceptionOfType(ListRefusedException.class)
        .isThrownBy(() -> format.read(streams, limits))
        .withMessageContaining(word);
  }

  @Test
  void csv_withMoreAfterItsEndMark_isRefused() {
    Map<String, byte[]> files =
        SampleLists.changed(ListFormat.OFAC_CSV, "add.csv", "\u001a", "\u001a36");
    assertThatExceptionOfType(ListRefusedException.class)
        .isThrownBy(() -> SampleLists.read(ListFormat.OFAC_CSV, files))
        .withMessage("add.csv, line 2: something stands after the end mark");
  }

  @Test
  void list_inAnotherEncoding_isRefusedWithItsLine() {
    Map<String, byte[]> files = SampleLists.files(ListFormat.OFAC_CSV);
    byte[] sdn = files.get("sdn.csv");
    sdn[new String(sdn, UTF_8).indexOf("WHALE")] = (byte) 0xE9;
    assertThatExceptionOfType(ListRefusedException.class)
        .isThrownBy(() -> SampleLists.read(ListFormat.OFAC_CSV, files))
        .withMessage("sdn.csv, line 3: neither ASCII nor UTF-8");
  }

  @Test
  void list_withoutOneOfItsFiles_isRefused() {
    Map<String, byte[]> files = SampleLists.files(ListFormat.OFAC_CSV);
    files.remove("alt.csv");
    assertThatExceptionOfType(ListRefusedException.class)
        .isThrownBy(() -> SampleLists.read(ListFormat.OFAC_CSV, files))
        .withMessage("alt.csv: the file is missing");
  }

  @Test
  void xml_withEntitiesThatGrow_isRefusedBeforeTheyDo() {
    String bomb =
        "<!DOCTYPE sdnList [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
            + "<sdnList><sdnEntry><uid>&b;</uid></sdnEntry></sdnList>";
    assertThatExceptionOfType(ListRefusedException.class)
        .isThrownBy(
            () -> SampleLists.read(ListFormat.OFAC_XML, Map.of("sdn.xml", bomb.getBytes(UTF_8))))
        .withMessage("sdn.xml, line 1: a document type or an entity of its own");
  }
}
