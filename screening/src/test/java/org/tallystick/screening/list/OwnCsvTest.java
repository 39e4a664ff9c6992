package org.tallystick.screening.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.screening.EntityKind;
import org.tallystick.screening.ListedEntity;
import org.tallystick.screening.ListedName;
import org.tallystick.screening.NameKind;
import org.tallystick.screening.TargetList;

class OwnCsvTest {
  private static final String HEAD =
      "reference,kind,name,aliases,weak_aliases,birth_dates,country,note\n";
  private static final String ROW = "A-1,PERSON,\"Tarvolenko, Mikhail\",,,,,\n";

  private static TargetList read(byte[] bytes) throws ListRefusedException {
    return ListFormat.OWN_CSV.readBytes(Map.of("own.csv", bytes), ListLimits.USUAL);
  }

  private static TargetList read(String text) throws ListRefusedException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void row_isAnEntryWithItsNamesAndWhatTheClerkReads() throws Exception {
    TargetList list =
        read(
            HEAD
                + "A-1,PERSON,\"Tarvolenko, Mikhail\",Mihail Tarwolenko; Михаил Тарволенко,Misha,"
                + "1961-05-02;1962;1963-07,RU,\"left in 2019, \"\"for good\"\"\"\r\n"
                + "B/2,ORGANISATION,Omniphalt S.A.,,,,,\r\n");
    assertThat(list.entities())
        .containsExactly(
            new ListedEntity(
                "A-1",
                EntityKind.PERSON,
                List.of(
                    new ListedName("Tarvolenko, Mikhail", NameKind.PRIMARY),
                    new ListedName("Mihail Tarwolenko", NameKind.ALIAS),
                    new ListedName("Михаил Тарволенко", NameKind.ALIAS),
                    new ListedName("Misha", NameKind.WEAK_ALIAS)),
                List.of(
                    "Born: 1961-05-02",
                    "Born: 1962",
                    "Born: 1963-07",
                    "Country: RU",
                    "Note: left in 2019, \"for good\"")),
            new ListedEntity(
                "B/2",
                EntityKind.ORGANISATION,
                List.of(new ListedName("Omniphalt S.A.", NameKind.PRIMARY)),
                List.of()));
  }

  @Test
  void byteOrderMark_asSpreadsheetsWriteIt_isNoPartOfTheFirstColumn() throws Exception {
    assertThat(read("\uFEFF" + HEAD + ROW).entities()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows-1252", "UTF-16LE", "UTF-16"})
  void otherEncoding_isRefused(String charset) {
    byte[] bytes = (HEAD + ROW.replace("Mikhail", "Müller")).getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(ListRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "A-1,PERSON,Tarvolenko,,,,,\n",
        "reference;kind;name;aliases;weak_aliases;birth_dates;country;note\n",
        "reference,kind,name,weak_aliases,aliases,birth_dates,country,note\n" + ROW
      })
  void listWithoutItsFirstLine_isRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(ListRefusedException.class);
  }

  @Test
  void listWithoutEntries_isRefused() {
    assertThatThrownBy(() -> read(HEAD)).hasMessageContaining("no entry");
  }

  /** The third line is at fault, whatever is wrong with it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ",PERSON,Tarvolenko,,,,,| reference",
        "-A,PERSON,Tarvolenko,,,,,| reference",
        "A 2,PERSON,Tarvolenko,,,,,| reference",
        "A-1,PERSON,Tarvolenko,,,,,| number of another",
        "A-2,person,Tarvolenko,,,,,| kind",
        "A-2,,Tarvolenko,,,,,| kind",
        "A-2,PERSON,,,,,,| no name",
        "A-2,PERSON,=cmd(),,,,,| formula",
        "A-2,PERSON,Tarvolenko,@SUM(1),,,,| formula",
        "A-2,PERSON,Tarvolenko,Misha; +1,,,,| formula",
        "A-2,PERSON,Tarvolenko,,,,,-2+3| formula",
        "A-2,PERSON,Tarvolenko,Misha;;M,,,,| semicolons",
        "A-2,PERSON,Tarvolenko,Misha;,,,,| semicolons",
        "A-2,PERSON,Tarvolenko,,,61,,| birth date",
        "A-2,PERSON,Tarvolenko,,,1961-02-30,,| birth date",
        "A-2,PERSON,Tarvolenko,,,02.05.1961,,| birth date",
        "A-2,PERSON,Tarvolenko,,,,ru,| country",
        "A-2,PERSON,Tarvolenko,,,,XQ,| country",
        "A-2,PERSON,Tarvolenko,,,,| 7 fields",
        "A-2,PERSON,Tarvolenko,,,,,,| more than 8",
        "A-2,PERSON,Tarvo\"lenko,,,,,| quote",
        "A-2,PERSON,Tarvo\u0001lenko,,,,,| control",
        "A-2,PERSON,M\uFFFDller,,,,,| lost"
      })
  void rowThatIsNotAsItShouldBe_isRefusedWithItsLine(String row, String why) {
    assertThatThrownBy(() -> read(HEAD + ROW + row + "\n"))
        .isInstanceOf(ListRefusedException.class)
        .hasMessageContaining("own.csv, line 3: ")
        .hasMessageContaining(why);
  }

  @Test
  void noteThatIsTooLong_isRefused() throws Exception {
    String row = "A-2,PERSON,Tarvolenko,,,,," + "n".repeat(500);
    assertThat(read(HEAD + row).entities()).hasSize(1);
    assertThatThrownBy(() -> read(HEAD + row + "n")).hasMessageContaining("note");
  }
}
