package org.tallystick.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.codec.Base64Url;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.privacy.ExportOutcome.Fetched;
import org.tallystick.privacy.ExportOutcome.NotThere;
import org.tallystick.privacy.ExportOutcome.Opened;
import org.tallystick.privacy.ExportOutcome.Over;
import org.tallystick.privacy.ExportOutcome.TooMany;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/** Who may open how many exports, and who may fetch them how long. */
class OpenedExportsTest {
  private static final Actor OTHER = new Actor("other clerk", Set.of(Role.CLERK));

  @TempDir Path keys;
  private BackOffice office;
  private OpenedExports exports;
  private Party ada;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    exports = PrivacyFixture.openedExports(office);
    ada = office.party(office.apply());
  }

  private <T> T in(Supplier<T> work) {
    return Server.inTransaction(office.entities, work);
  }

  private static String name(Party party) {
    return Base64Url.encode(party.identifiers().registration());
  }

  private Opened own() {
    return (Opened) in(() -> exports.openOwn(ada));
  }

  private ExportOutcome byClerk(Actor clerk, Party party) {
    return in(() -> exports.open(clerk, name(party), "by letter"));
  }

  private long count(String what) {
    Object number =
        in(
            () ->
                office
                    .entities
                    .createNativeQuery("select count(*) from " + what)
                    .getSingleResult());
    return ((Number) number).longValue();
  }

  @Test
  void opened_isFetchedByWhoOpenedIt_andByNobodyElse() {
    Opened own = own();
    Opened clerks = (Opened) byClerk(BackOffice.CLERK, ada);
    assertThat(own.openedBy()).isEqualTo("party:itself");
    assertThat(clerks.openedBy()).isEqualTo(BackOffice.CLERK.name());
    Party bob = office.party(office.apply());
    assertThat(in(() -> exports.fetchOwn(bob, own.export()))).isInstanceOf(NotThere.class);
    assertThat(in(() -> exports.fetchOwn(ada, clerks.export()))).isInstanceOf(NotThere.class);
    assertThat(in(() -> exports.fetchOwn(ada, "no export"))).isInstanceOf(NotThere.class);
    assertThat(in(() -> exports.fetch(OTHER, name(ada), clerks.export())))
        .isInstanceOf(NotThere.class);
    assertThat(in(() -> exports.fetch(BackOffice.CLERK, name(ada), own.export())))
        .isInstanceOf(NotThere.class);
    assertThat(count("party_export where party_id = " + ada.id())).isZero();

    assertThat(in(() -> exports.fetchOwn(ada, own.export()))).isInstanceOf(Fetched.class);
    assertThat(in(() -> exports.fetch(BackOffice.CLERK, name(ada), clerks.export())))
        .isInstanceOf(Fetched.class);
    assertThat(in(() -> exports.exports.list(ada, 9)))
        .extracting(made -> Base64Url.encode(made.publicId()), PartyExport::isOwn)
        .containsExactly(tuple(clerks.export(), false), tuple(own.export(), true));
  }

  @Test
  void trail_hasALineForEachFetchOfTheStaff_andNoneForOpening() {
    String lines = "kyc_access where what = 'EXPORT' and reason = 'by letter' and party_id = ";
    Opened opened = (Opened) byClerk(BackOffice.CLERK, ada);
    assertThat(count(lines + ada.id())).isZero();
    for (int i = 1; i <= 2; i++) {
      in(() -> exports.fetch(BackOffice.CLERK, name(ada), opened.export()));
      assertThat(count(lines + ada.id())).isEqualTo(i);
    }
    Opened own = own();
    in(() -> exports.fetchOwn(ada, own.export()));
    assertThat(count(lines + ada.id())).isEqualTo(2);
  }

  @Test
  void opened_isOverAfterItsMinutes_andAfterSoManyFetches() {
    Opened first = own();
    for (int i = 0; i < OpenedExports.MOST_FETCHES; i++) {
      assertThat(in(() -> exports.fetchOwn(ada, first.export()))).isInstanceOf(Fetched.class);
    }
    assertThat(in(() -> exports.fetchOwn(ada, first.export()))).isInstanceOf(Over.class);
    Opened second = own();
    office.clock.advance(OpenedExports.LIFE.minusSeconds(1));
    assertThat(in(() -> exports.fetchOwn(ada, second.export()))).isInstanceOf(Fetched.class);
    office.clock.advance(Duration.ofSeconds(1));
    assertThat(in(() -> exports.fetchOwn(ada, second.export()))).isInstanceOf(Over.class);
  }

  @Test
  void exports_ofOneParty_areCountedForADay() {
    byClerk(BackOffice.CLERK, ada);
    office.clock.advance(Duration.ofHours(1));
    for (int i = 1; i < OpenedExports.MOST_OF_PARTY; i++) {
      own();
    }
    TooMany refused = (TooMany) in(() -> exports.openOwn(ada));
    assertThat(refused.left()).isEqualTo(Duration.ofHours(23));
    assertThat(byClerk(OTHER, ada)).isInstanceOf(TooMany.class);
    assertThat(byClerk(OTHER, office.party(office.apply()))).isInstanceOf(Opened.class);
    office.clock.advance(refused.left());
    own();
    assertThat(in(() -> exports.openOwn(ada))).isInstanceOf(TooMany.class);
  }

  @Test
  void exports_byOnePerson_areCountedForADay_ofWhomever() {
    Actor busy = new Actor("busy " + System.nanoTime(), Set.of(Role.CLERK));
    for (int i = 0; i < OpenedExports.MOST_BY_PERSON; i++) {
      if (i % OpenedExports.MOST_OF_PARTY == 0) {
        ada = office.party(office.apply());
      }
      assertThat(byClerk(busy, ada)).isInstanceOf(Opened.class);
    }
    ada = office.party(office.apply());
    assertThat(byClerk(busy, ada)).isInstanceOf(TooMany.class);
    assertThat(byClerk(OTHER, ada)).isInstanceOf(Opened.class);
    own();
    office.clock.advance(Duration.ofDays(1));
    assertThat(byClerk(busy, ada)).isInstanceOf(Opened.class);
  }

  @Test
  void forgetting_takesThoseThatNobodyCounts() {
    String export = own().export();
    String rows = "opened_export where party_id = " + ada.id();
    office.clock.advance(OpenedExports.LIFE.plusDays(1));
    in(() -> exports.forget(1_000));
    assertThat(count(rows)).isEqualTo(1);
    assertThat(in(() -> exports.fetchOwn(ada, export))).isInstanceOf(Over.class);
    office.clock.advance(Duration.ofSeconds(1));
    in(() -> exports.forget(1_000));
    assertThat(count(rows)).isZero();
    assertThat(in(() -> exports.fetchOwn(ada, export))).isInstanceOf(NotThere.class);
  }

  @Test
  void erasure_takesWhatWasOpenedAlong_andNothingIsOpenedAfter() {
    Opened own = own();
    Opened clerks = (Opened) byClerk(BackOffice.CLERK, ada);
    Eraser eraser = PrivacyFixture.eraser(office);
    in(
        () ->
            eraser.erase(
                office.parties.byIdLocked(ada.id()).orElseThrow(),
                new Erasure.Word("a", "b", "left long ago")));
    assertThat(count("opened_export where party_id = " + ada.id())).isZero();
    assertThat(in(() -> exports.fetchOwn(ada, own.export()))).isInstanceOf(NotThere.class);
    assertThat(in(() -> exports.fetch(BackOffice.CLERK, name(ada), clerks.export())))
        .isInstanceOf(NotThere.class);
    assertThat(in(() -> exports.openOwn(ada))).isInstanceOf(NotThere.class);
    assertThat(byClerk(BackOffice.CLERK, ada)).isInstanceOf(NotThere.class);
  }
}
