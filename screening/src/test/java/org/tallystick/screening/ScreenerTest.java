package org.tallystick.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are meant, and names that are not. */
class ScreenerTest {
  private static final Screener SCREENER = SmallList.screener();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | Mikhail Borisovich Tarvolenko
          1 | Tarvolenko Mikhail
          1 | M. B. Tarvolenko
          1 | Mihail Tarvolenko
          1 | Mikhail Tarvolenka
          1 | Mikhial Tarvolenko
          1 | Михаил Борисович Тарволенко
          1 | МИХАИЛ ТАРВОЛЕНКО
          2 | Aiman Hamed el Qazrawi
          2 | Ayman Al Kazrawi
          2 | أيمن حامد القزراوي
          2 | Айман Аль-Казрави
          5 | Yong-gil Pak
          5 | Park Yong Gil
          5 | 박용길
          6 | Wenqing Zhuo
          6 | Wen Qing Zhuo
          6 | 卓文清
          8 | Zubaidullah Abdurrahman
          8 | Zubaydullah Abdul Rahman
          8 | Zubayd Ullah Abd-al-Rahman
          9 | Esteban Queridon Altavez
          9 | Esteban R. Queridon
          12 | Αλέξανδρος Παπαδημούλης
          """)
  void listedPerson_writtenInAnotherWay_isHit(String id, String name) {
    assertThat(SmallList.hits(SCREENER, name, EntityKind.PERSON)).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3 | Kestrel Dawn Shipping
          3 | Kestrel Dawn Shipping GmbH
          3 | KestrelDawn Shipping Limited
          3 | Kestral Dawn Shiping Co
          7 | Omniphalt
          7 | OMNIPHALT, S.A.
          7 | Omni Phalt SA de CV
          10 | SE
          11 | Zermania Bank
          """)
  void listedCompany_writtenInAnotherWay_isHit(String id, String name) {
    assertThat(SmallList.hits(SCREENER, name, EntityKind.ORGANISATION)).containsExactly(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jane Smith",
        "Esteban Ramiro",
        "Ayman Hamid",
        "Abd al-Rahman",
        "Mikhail Borisovich",
        "Boris Mikhailovich Petrov",
        "Kim Yong Gil Sun",
        "Silver Heron",
        "M. B.",
        "Corp"
      })
  void personOfAnotherName_isNotHit(String name) {
    assertThat(SmallList.hits(SCREENER, name, EntityKind.PERSON)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Shipping Ltd",
        "Kestrel Bakery",
        "Dawn Shipping Services LLC",
        "Bank of Scotland",
        "Silver Star Jewellers",
        "Omnibus Transport S.A. de C.V.",
      })
  void companyOfAnotherName_isNotHit(String name) {
    assertThat(SmallList.hits(SCREENER, name, EntityKind.ORGANISATION)).isEmpty();
  }

  /** Cyrillic, full width, invisible, small capital and mathematical letters. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Miкhаil Tаrvоlеnkо",
        "Ｍｉｋｈａｉｌ　Ｔａｒｖｏｌｅｎｋｏ",
        "Mik\u200bhail Tarvo\u00adlen\u2060ko",
        "\u202eMikhail Tarvolenko\u202c",
        "M\u0131kha\u0131l Tarvolenko",
        "𝐌𝐢𝐤𝐡𝐚𝐢𝐥 𝐓𝐚𝐫𝐯𝐨𝐥𝐞𝐧𝐤𝐨",
        "Míkháìl Tąrvölęñkø",
      })
  void lookAlikeLetters_doNotHideAName(String name) {
    assertThat(SmallList.hits(SCREENER, name, EntityKind.PERSON)).containsExactly("1");
  }

  /** OMNIРНАLТ: a word whose Cyrillic letters all look Latin. */
  @Test
  void wordOfAnotherScriptThatLooksLatin_isReadAsItLooks() {
    assertThat(SmallList.hits(SCREENER, "\u0405\u0415", EntityKind.ORGANISATION))
        .containsExactly("10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u200b\u200b", "---", "☠☠☠", "...,", "\u0301", "\ud800"})
  void nameOfNothing_cannotBeScreened(String name) {
    assertThat(SCREENER.screen(new Query(name, EntityKind.PERSON)))
        .isEqualTo(new Screening.Impossible(Obstacle.NOTHING_TO_COMPARE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CORP", "Ltd.", "S.A. de C.V.", "ООО", "GmbH & Co. KG", "Co., Ltd."})
  void legalFormAlone_cannotBeScreened(String name) {
    assertThat(SCREENER.screen(new Query(name, EntityKind.ORGANISATION)))
        .isEqualTo(new Screening.Impossible(Obstacle.LEGAL_FORM_ALONE));
    assertThat(SCREENER.screen(new Query(name, EntityKind.UNKNOWN)))
        .isEqualTo(new Screening.Impossible(Obstacle.LEGAL_FORM_ALONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mikhail Tarvolenko អាណាឆាក", "ᠮᠣᠩᠭᠣᠯ", "𓀀𓀁"})
  void lettersThatNoTableKnows_areSaidNotSkipped(String name) {
    assertThat(SCREENER.screen(new Query(name, EntityKind.PERSON)))
        .isEqualTo(new Screening.Impossible(Obstacle.UNKNOWN_SCRIPT));
  }

  @Test
  void longNames_areRefusedAtOnce() {
    assertThat(SCREENER.screen(new Query("a".repeat(10_000), EntityKind.UNKNOWN)))
        .isEqualTo(new Screening.Impossible(Obstacle.TOO_LONG));
    assertThat(SCREENER.screen(new Query("a ".repeat(500), EntityKind.UNKNOWN)))
        .isEqualTo(new Screening.Impossible(Obstacle.TOO_MANY_TERMS));
    assertThat(SCREENER.screen(new Query("\ufdfa".repeat(Query.MAX_LENGTH), EntityKind.UNKNOWN)))
        .isInstanceOf(Screening.Impossible.class);
  }

  @Test
  void weakAlias_weighsLess() {
    Match weak = SmallList.matches(SCREENER, "Abu Sundus", EntityKind.PERSON).get(0);
    assertThat(weak.score()).isBetween(Screener.THRESHOLD, 0.95);
    assertThat(SmallList.hits(SCREENER, "Abu Sundas", EntityKind.PERSON)).isEmpty();
  }

  @Test
  void otherKind_weighsLess() {
    double same = score("Bank of Zermania", EntityKind.ORGANISATION);
    assertThat(score("Bank of Zermania", EntityKind.UNKNOWN)).isEqualTo(same);
    assertThat(score("Bank of Zermania", EntityKind.PERSON))
        .isBetween(Screener.THRESHOLD, 0.95 * same);
  }

  @Test
  void entityWithSeveralNames_isHitByTheClosest() {
    TargetList list =
        new TargetList(
            "TEST",
            List.of(
                SmallList.entity(
                    "1",
                    EntityKind.PERSON,
                    "TARVOLENKO, Mikhail",
                    new ListedName("TARVOLENKA, Mikhail", NameKind.ALIAS)),
                SmallList.entity("2", EntityKind.PERSON, "QUERIDON ALTAVEZ, Esteban")));
    Screener screener = Screener.of(List.of(list), CustomerCorpus.NONE);
    for (String name : List.of("Mikhail Tarvolenko", "Mikhail Tarvolenka")) {
      Match match = SmallList.matches(screener, name, EntityKind.PERSON).get(0);
      assertThat(match.score()).as(name).isCloseTo(1, within(1e-9));
    }
  }

  private static double score(String name, EntityKind kind) {
    return SmallList.matches(SCREENER, name, kind).get(0).score();
  }

  @Test
  void vessel_isHitByACompanyAndByWhoeverMayBeOne() {
    assertThat(SmallList.hits(SCREENER, "MV Silver Heron", EntityKind.UNKNOWN))
        .containsExactly("4");
    assertThat(SmallList.hits(SCREENER, "Silver Heron", EntityKind.VESSEL)).containsExactly("4");
  }

  @Test
  void explanation_saysWhichWordMetWhich() {
    Match match = SmallList.matches(SCREENER, "Mihail B. Tarvolenko", EntityKind.PERSON).get(0);
    assertThat(match.name().text()).isEqualTo("TARVOLENKO, Mikhail Borisovich");
    assertThat(match.explanation())
        .extracting(line -> line.queried() + "|" + line.listed() + "|" + line.way())
        .containsExactlyInAnyOrder(
            "tarvolenko|tarvolenko|SAME", "mihail|mikhail|SOUND", "b|borisovich|INITIAL");
    assertThat(match.explanation().stream().mapToDouble(TermMatch::weight).sum())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void explanation_namesWordsThatMetNone() {
    Match match = SmallList.matches(SCREENER, "Esteban Queridon Altavez", EntityKind.PERSON).get(0);
    assertThat(match.explanation())
        .filteredOn(line -> line.way() == TermMatch.Way.NONE)
        .extracting(TermMatch::listed)
        .containsExactly("ramiro");
  }

  @Test
  void wordThatManyCustomersHave_tellsLess() {
    Screener known =
        Screener.of(
            List.of(SmallList.LIST),
            new CustomerCorpus(1_000, Map.of("queridon", 200, "esteban", 200)));
    String shortened = "Esteban Queridon";
    assertThat(SmallList.hits(SCREENER, shortened, EntityKind.PERSON)).containsExactly("9");
    assertThat(SmallList.hits(known, shortened, EntityKind.PERSON)).isEmpty();
  }

  /** A listed name is found by itself; "Ayman" alone, which it also holds, is too common. */
  @Test
  void oneCommonWord_isNoHit_evenWhereItIsListedAlone() {
    TargetList single =
        new TargetList("ONE", List.of(SmallList.entity("1", EntityKind.PERSON, "AYMAN")));
    Screener common = Screener.of(List.of(single), new CustomerCorpus(1_000, Map.of("ayman", 60)));
    assertThat(SmallList.hits(common, "Ayman", EntityKind.PERSON)).isEmpty();
    Screener rare = Screener.of(List.of(single), CustomerCorpus.NONE);
    assertThat(SmallList.hits(rare, "Ayman", EntityKind.PERSON)).containsExactly("1");
  }

  /** Each is the worst of its kind; all of them together take well under a second. */
  @Test
  @Timeout(20)
  void longestNames_takeNoLongTime() {
    List<String> worst =
        List.of(
            "a".repeat(Query.MAX_LENGTH),
            "ab".repeat(Query.MAX_LENGTH / 2),
            "卓".repeat(Query.MAX_LENGTH),
            "김".repeat(Query.MAX_LENGTH),
            "ก".repeat(Query.MAX_LENGTH),
            "\ufdfa".repeat(Query.MAX_LENGTH),
            "a\u0301".repeat(Query.MAX_LENGTH / 2),
            "\u0301".repeat(Query.MAX_LENGTH),
            "a ".repeat(Screener.MAX_TERMS),
            "mikhail borisovich tarvolenko al ".repeat(Screener.MAX_TERMS / 4));
    for (String name : worst) {
      assertThat(SCREENER.screen(new Query(name, EntityKind.UNKNOWN))).isNotNull();
    }
  }

  @Test
  void listedNameOfNothing_isLeftOutAndSaid() {
    ListedName nothing = new ListedName("***", NameKind.ALIAS);
    Screener screener =
        Screener.of(
            List.of(
                new TargetList(
                    "LIST",
                    List.of(SmallList.entity("1", EntityKind.PERSON, "TARVOLENKO", nothing)))),
            CustomerCorpus.NONE);
    assertThat(screener.leftOut()).containsExactly(nothing);
    assertThat(SCREENER.leftOut()).isEmpty();
  }

  @Test
  void oneScreener_answersManyThreadsAlike() {
    List<Match> alone = SmallList.matches(SCREENER, "Zubaidullah Abdurrahman", EntityKind.PERSON);
    assertThat(
            IntStream.range(0, 200)
                .parallel()
                .mapToObj(
                    i -> SmallList.matches(SCREENER, "Zubaidullah Abdurrahman", EntityKind.PERSON)))
        .allMatch(alone::equals);
  }

  @Test
  void listWithoutEntries_hitsNobody() {
    Screener empty = Screener.of(List.of(new TargetList("EMPTY", List.of())), CustomerCorpus.NONE);
    assertThat(SmallList.hits(empty, "Mikhail Tarvolenko", EntityKind.PERSON)).isEmpty();
  }
}
