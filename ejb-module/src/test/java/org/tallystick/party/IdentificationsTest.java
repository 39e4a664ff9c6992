package org.tallystick.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.keys.SealBrokenException;
import org.tallystick.node.Server;
import org.tallystick.party.Identification.Organisation;
import org.tallystick.party.Identification.Owner;
import org.tallystick.party.Identification.Paper;
import org.tallystick.party.Identification.PaperKind;
import org.tallystick.party.Identification.Person;
import org.tallystick.party.IdentificationOutcome.Changed;
import org.tallystick.party.IdentificationOutcome.Kept;
import org.tallystick.party.IdentificationOutcome.NotPermitted;
import org.tallystick.party.IdentificationOutcome.NotValid;

/** What parties say of themselves, over a real database. */
class IdentificationsTest {
  @TempDir Path keys;
  private BackOffice office;
  private Registered registered;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    registered = office.apply();
  }

  private IdentificationOutcome said(Identification said) {
    return office.said(office.party(registered), said);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(office.clock.instant(), ZoneOffset.UTC);
  }

  private Person person(String given, String family, LocalDate born, Paper paper) {
    Person good = office.person();
    return new Person(given, family, born, good.address(), "GB", paper, null);
  }

  private Person called(String family) {
    Person good = office.person();
    return person("Ada", family, good.born(), good.paper());
  }

  private Paper paper(PaperKind kind, LocalDate expires) {
    return new Paper(kind, "1", "GB", expires);
  }

  private Registered organisation() {
    return (Registered)
        office.register(
            new Application(
                PartyKind.ORGANISATION, PartyRole.USER, "Engines Ltd", null, null, null));
  }

  private void assertNotValid(Identification said, String member) {
    assertThat(said(said))
        .isInstanceOfSatisfying(
            NotValid.class, refused -> assertThat(refused.fault()).contains(member));
  }

  @Test
  void identification_comesBackAsItWasSaid_andTheNewestCounts() {
    assertThat(office.identifications.own(office.party(registered))).isEmpty();
    assertThat(said(office.person())).isEqualTo(new Kept(1));
    assertThat(said(called("Lovelace"))).isEqualTo(new Kept(2));
    OwnIdentification own = office.identifications.own(office.party(registered)).orElseThrow();
    assertThat(own.edition()).isEqualTo(2);
    assertThat(own.said()).isEqualTo(called("Lovelace"));
    assertThat(own.submittedAt()).isNull();
    assertThat(office.identifications.submitted(office.party(registered))).isEmpty();

    registered = organisation();
    said(office.organisation());
    assertThat(office.identifications.own(office.party(registered)))
        .map(OwnIdentification::said)
        .hasValue(office.organisation());
  }

  @Test
  void edition_thatIsNotTheOneSeen_isNotReplaced() {
    said(office.person());
    Party party = office.party(registered);
    assertThat(
            Server.<IdentificationOutcome>inTransaction(
                office.entities,
                () -> office.identifications.state(party, called("Eve"), e -> e == 7)))
        .isEqualTo(new Changed());
    assertThat(office.identifications.own(party).orElseThrow().said()).isEqualTo(office.person());
  }

  /** What the bank decided on stays, also when the party says something else later. */
  @Test
  void editionThatWasApproved_isKept_othersAreNot() {
    office.active(registered);
    said(called("Lovelace"));
    Party party = office.party(registered);
    Server.inTransaction(office.entities, () -> office.submissions.submit(party));
    said(called("King"));
    List<?> editions =
        office
            .entities
            .createNativeQuery(
                "select edition from party_identification where party_id = ? order by edition")
            .setParameter(1, office.party(registered).id())
            .getResultList();
    assertThat(editions.toString()).isEqualTo("[1, 3]");
    assertThat(office.identifications.submitted(office.party(registered)))
        .map(OwnIdentification::said)
        .hasValue(office.person());
  }

  @ParameterizedTest
  @EnumSource(
      value = RegistrationState.class,
      names = {"REVIEW", "APPROVED", "SUSPENDED", "REFUSED", "CLOSED"})
  void stateThatIsNotTheTime_takesNothing(RegistrationState state) {
    office.submitted(registered);
    switch (state) {
      case APPROVED -> office.approve(registered);
      case SUSPENDED -> {
        office.approve(registered);
        office.signed(office.party(registered));
        office.move(registered, state);
      }
      case REFUSED, CLOSED -> office.move(registered, state);
      default -> {}
    }
    assertThat(office.party(registered).state()).isEqualTo(state);
    assertThat(said(office.person())).isEqualTo(new NotPermitted());
  }

  @Test
  void datesThatCannotBe_areRefused_byTheBanksClock() {
    Paper good = office.person().paper();
    assertNotValid(person("Ada", "Byron", today().plusDays(1), good), "'born'");
    assertNotValid(person("Ada", "Byron", today().minusYears(131), good), "'born'");
    LocalDate born = today().minusYears(30);
    assertNotValid(
        person("Ada", "Byron", born, paper(PaperKind.PASSPORT, today().minusDays(1))),
        "'paper.expires'");
    assertNotValid(
        person("Ada", "Byron", born, paper(PaperKind.PASSPORT, today().plusYears(51))),
        "'paper.expires'");
    assertNotValid(
        person("Ada", "Byron", born, paper(PaperKind.PASSPORT, null)), "'paper.expires'");
    assertThat(said(person("Ada", "Byron", born, paper(PaperKind.TAX_ID, null))))
        .isEqualTo(new Kept(1));
    assertThat(said(person("Ada", "Byron", born, paper(PaperKind.PASSPORT, today()))))
        .isEqualTo(new Kept(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Byr\u043en", // Cyrillic o among Latin letters
        "\u0392yron", // Greek capital beta
        "By\u200bron", // zero width space
        "By\u200dron", // zero width joiner
        "By\u3164ron", // Hangul filler
        "By\u034fron", // combining grapheme joiner
        "By\u2800ron", // a Braille pattern without dots
        "\u00a0", // nothing to see
        "--"
      })
  void nameThatIsNotWhatItLooksLike_isRefused(String family) {
    assertNotValid(called(family), "'family'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "O'Brien",
        "M\u00fcller-L\u00fcdenscheidt",
        "Ng\u00f4 \u0110\u00ecnh Di\u1ec7m",
        "\u0418\u0432\u0430\u043d\u043e\u0432",
        "\u0418\u0432\u0430\u043d\u043e\u0432 Smith",
        "\u0645\u062d\u0645\u062f",
        "\u5c71\u7530",
        "\u5c71\u7530 \u30bf\u30ed\u3046",
        "de la Pe\u00f1a y Ortiz",
        "X \u00c6 A-12",
        "1E"
      })
  void nameThatPeopleHave_isTaken(String family) {
    assertThat(said(called(family))).isInstanceOf(Kept.class);
  }

  @Test
  void identificationOfTheOtherKind_isRefused() {
    assertNotValid(office.organisation(), "kind");
    registered = organisation();
    assertNotValid(office.person(), "kind");
  }

  @Test
  void organisation_thatCannotBe_isRefused() {
    registered = organisation();
    Organisation good = office.organisation();
    Owner half = new Owner("Charles Babbage", today().minusYears(50), "GB", 5_001);
    assertNotValid(with(good, List.of(half, half), good.representatives()), "'owners'");
    assertNotValid(with(good, good.owners(), List.of()), "'representatives'");
    assertNotValid(
        with(
            good,
            List.of(new Owner("Ch\u0430rles", today().minusYears(50), "GB", 1)),
            good.representatives()),
        "'owners.name'");
    assertNotValid(
        with(
            good,
            good.owners(),
            List.of(new Identification.Representative("Eve", today().plusDays(1), "GB"))),
        "'representatives.born'");
    assertThat(said(with(good, List.of(), good.representatives()))).isInstanceOf(Kept.class);
  }

  private static Organisation with(
      Organisation good, List<Owner> owners, List<Identification.Representative> people) {
    return new Organisation(
        good.name(),
        good.registrationNumber(),
        good.country(),
        good.legalForm(),
        good.address(),
        owners,
        people);
  }

  @Test
  void namesToScreen_areThoseThatWereSubmitted_withWhoIsBehind() {
    office.submitted(registered);
    assertThat(office.identifications.names(office.party(registered)))
        .containsExactly(
            new PartyName("Ada Byron", PartyKind.PERSON),
            new PartyName("Ada Augusta Byron", PartyKind.PERSON));
    String shown = "Shown " + UUID.randomUUID();
    registered =
        (Registered)
            office.register(
                new Application(
                    PartyKind.ORGANISATION, PartyRole.PROVIDER, "Engines", shown, null, null));
    said(office.organisation());
    assertThat(office.identifications.names(office.party(registered)))
        .as("a draft is not screened")
        .hasSize(2);
    office.submitted(registered);
    assertThat(office.identifications.names(office.party(registered)))
        .containsExactly(
            new PartyName("Engines", PartyKind.ORGANISATION),
            new PartyName("Analytical Engines", PartyKind.ORGANISATION),
            new PartyName("Charles Babbage", PartyKind.PERSON),
            new PartyName("Joseph Clement", PartyKind.PERSON),
            new PartyName(shown, PartyKind.ORGANISATION));
  }

  /** A sealed edition opens in its own place only. */
  @Test
  void sealedEdition_ofAnotherParty_doesNotOpen() {
    said(office.person());
    Party first = office.party(registered);
    registered = office.apply();
    said(office.person());
    Party second = office.party(registered);
    Server.inTransaction(
        office.entities,
        () ->
            office
                .entities
                .createNativeQuery(
                    "update party_identification set sealed = (select sealed from"
                        + " party_identification where party_id = ?) where party_id = ?")
                .setParameter(1, first.id())
                .setParameter(2, second.id())
                .executeUpdate());
    assertThatThrownBy(() -> office.identifications.own(second))
        .isInstanceOf(SealBrokenException.class);
  }

  /** No value that a party said or showed stands in any table in clear. */
  @Test
  void nothingThatWasSaidOrShown_isInTheDatabaseInClear() {
    office.active(registered);
    Party person = office.party(registered);
    registered = organisation();
    office.submitted(registered);
    Server.inTransaction(
        office.entities, () -> office.dossiers.open(BackOffice.CLERK, registered.registration()));
    Person said = office.person();
    Organisation engines = office.organisation();
    List<String> canaries =
        List.of(
            said.given(),
            said.paper().number(),
            String.valueOf(said.phone()),
            said.address().lines().get(0),
            said.address().locality(),
            engines.registrationNumber(),
            engines.owners().get(0).name(),
            engines.representatives().get(0).name(),
            "/Type /Catalog");
    assertThat(person.state()).isEqualTo(RegistrationState.ACTIVE);
    for (Map.Entry<String, String> column : columns().toList()) {
      for (String canary : canaries) {
        assertThat(found(column.getKey(), column.getValue(), canary))
            .as("%s in %s", canary, column)
            .isZero();
      }
    }
    assertThat(found("party", "display_name", "nobody says this")).isZero();
    assertThat(found("party_transition", "reason", "known")).as("the search finds").isPositive();
  }

  private Stream<Map.Entry<String, String>> columns() {
    List<?> rows =
        office
            .entities
            .createNativeQuery(
                "select c.table_name, c.column_name from information_schema.columns c"
                    + " join information_schema.tables t using (table_schema, table_name)"
                    + " where c.table_schema = 'public' and t.table_type = 'BASE TABLE'"
                    + " and c.data_type in ('bytea', 'character varying', 'text')"
                    + " and (c.table_name like 'party%' or c.table_name like 'kyc%'"
                    + " or c.table_name like 'approval%')")
            .getResultList();
    return rows.stream()
        .map(row -> (Object[]) row)
        .map(row -> Map.entry(row[0].toString(), row[1].toString()));
  }

  private long found(String table, String column, String text) {
    return ((Number)
            office
                .entities
                .createNativeQuery(
                    "select count(*) from "
                        + table
                        + " where position(convert_to(?1, 'UTF8') in case when "
                        + column
                        + " is null then ''::bytea else "
                        + (column.matches(
                                "parameters|.*name|.*by|reason|state|kind|role|place"
                                    + "|actor|what|.*state|media_type")
                            ? "convert_to(" + column + "::text, 'UTF8')"
                            : column)
                        + " end) > 0")
                .setParameter(1, text)
                .getSingleResult())
        .longValue();
  }
}
