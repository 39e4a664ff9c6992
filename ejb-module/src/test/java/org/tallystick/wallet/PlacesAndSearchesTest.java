package org.tallystick.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.node.Server;
import org.tallystick.page.CursorRefusedException;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.staff.NotPermittedException;
import org.tallystick.wallet.PlaceOutcome.Changed;
import org.tallystick.wallet.PlaceOutcome.Full;
import org.tallystick.wallet.PlaceOutcome.Kept;
import org.tallystick.wallet.PlaceOutcome.NotThere;
import org.tallystick.wallet.PlaceOutcome.ShorthandTaken;
import org.tallystick.wallet.WalletOutcome.Added;

/** Places of delivery, and the staff's searches by number. */
class PlacesAndSearchesTest {
  private static final DeliveryAddress HOME =
      new DeliveryAddress(
          "Ada Byron", List.of("12 St James's Square"), "London", null, "SW1Y 4LE", "GB");
  private static final Pan FOREIGN = Pan.of("4111111111111111").orElseThrow();

  @TempDir Path keys;
  private BackOffice office;
  private Party party;
  private DeliveryPlaces places;
  private InstrumentSearches searches;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    party = office.active();
    places = WalletFixture.places(office);
    searches = WalletFixture.searches(office);
  }

  private <T> T run(Supplier<T> work) {
    return Server.inTransaction(office.entities, work);
  }

  private static Shorthand name(String text) {
    return Shorthand.of(text).orElseThrow();
  }

  private PlaceOutcome add(String name) {
    return run(() -> places.add(party.id(), name(name), HOME));
  }

  private String added(String name) {
    return ((Kept) add(name)).place().place();
  }

  @Test
  void place_isSealed_andComesBackWhole() {
    String place = added("home");
    assertThat(places.list(party.id())).containsExactly(new PlaceView(place, "home", true, HOME));
    Object found =
        office
            .entities
            .createNativeQuery(
                "select count(*) from delivery_address d where d::text like '%James%'"
                    + " or position('James'::bytea in address_sealed) > 0")
            .getSingleResult();
    assertThat(found).hasToString("0");
    assertThat(places.list(party.id()).toString()).doesNotContain("James", "Ada");
  }

  @Test
  void places_areSixteen_eachWithANameOfItsOwn() {
    for (int i = 0; i < DeliveryPlaces.MAX_PLACES; i++) {
      added("place " + i);
    }
    assertThat(add("one more")).isEqualTo(new Full());
    assertThat(add("PLACE 3")).isEqualTo(new ShorthandTaken());
  }

  @Test
  void place_isReplaced_preferred_deleted_byItsPartyOnly() {
    String home = added("home");
    String work = added("work");
    DeliveryAddress other =
        new DeliveryAddress("Ada", List.of("1", "2", "3", "4"), "Ockham", "Surrey", null, "GB");
    long stranger = office.active().id();
    assertThat(run(() -> places.replace(stranger, home, name("x"), other, version -> true)))
        .isEqualTo(new NotThere());
    assertThat(run(() -> places.prefer(stranger, home))).isFalse();
    assertThat(run(() -> places.remove(stranger, home))).isFalse();
    assertThat(run(() -> places.replace(party.id(), home, name("work"), other, version -> true)))
        .isEqualTo(new ShorthandTaken());
    long seen = places.one(party.id(), home).orElseThrow().version();
    assertThat(run(() -> places.replace(party.id(), home, name("Home"), other, v -> v == seen)))
        .isEqualTo(new Kept(new PlaceView(home, "Home", true, other)));
    office.entities.clear();
    assertThat(run(() -> places.replace(party.id(), home, name("Home"), HOME, v -> v == seen)))
        .isEqualTo(new Changed());
    assertThat(run(() -> places.prefer(party.id(), work))).isTrue();
    assertThat(places.list(party.id())).extracting(PlaceView::preferred).contains(false, true);
    assertThat(run(() -> places.remove(party.id(), work))).isTrue();
    assertThat(run(() -> places.remove(party.id(), work))).isFalse();
    assertThat(places.list(party.id())).extracting(PlaceView::place).containsExactly(home);
  }

  @ParameterizedTest
  @CsvSource({
    "GB, SW1Y 4LE, 1, true",
    "DE, , 4, true",
    "XX, , 1, false",
    "gb, , 1, false",
    "UK, , 1, false",
    "GB, -, 1, false",
    "GB, '12 ', 1, false",
    "GB, SW1Y/4LE, 1, false",
    "GB, , 0, false",
    "GB, , 5, false"
  })
  void address_isOneOfACountryOfTheStandard(
      String country, String postcode, int lines, boolean good) {
    DeliveryAddress address =
        new DeliveryAddress(
            "Ada", Collections.nCopies(lines, "line"), "Town", null, postcode, country);
    assertThat(address.checked().isPresent()).isEqualTo(good);
  }

  @Test
  void search_findsLiveAndRemovedOnes_ofAllParties_andLeavesARow() {
    Wallet wallet = WalletFixture.wallet(office);
    Party other = office.active();
    String here = card(wallet, party);
    String there = card(wallet, other);
    run(() -> wallet.remove(other.id(), there));
    List<FoundInstrument> found =
        run(() -> searches.byPan(BackOffice.CLERK, FOREIGN, "found in the street"));
    assertThat(found).extracting(FoundInstrument::instrument).containsExactly(here, there);
    assertThat(found.get(0).removedAt()).isNull();
    assertThat(found.get(1).removedAt()).isNotNull();
    assertThat(found.toString()).doesNotContain("411111");
    Iban iban = Iban.of("NL91ABNA0417164300").orElseThrow();
    assertThat(run(() -> searches.byAccount(BackOffice.CLERK, iban, "court order 7"))).isEmpty();
    SearchPage first = run(() -> searches.page(BackOffice.AUDITOR, Optional.empty(), 1));
    assertThat(first.searches().get(0).reason()).isEqualTo("court order 7");
    assertThat(first.searches().get(0).found()).isZero();
    SearchPage second =
        run(() -> searches.page(BackOffice.AUDITOR, Optional.ofNullable(first.next()), 1));
    assertThat(second.searches().get(0).reason()).isEqualTo("found in the street");
    assertThat(second.searches().get(0).actor()).isEqualTo("clerk");
    assertThat(second.searches().get(0).found()).isEqualTo(2);
    assertThatThrownBy(() -> searches.page(BackOffice.AUDITOR, Optional.of("5"), 1))
        .isInstanceOf(CursorRefusedException.class);
  }

  private String card(Wallet wallet, Party of) {
    return ((Added)
            run(() -> wallet.addCard(of.id(), FOREIGN, YearMonth.of(2027, 5), name("card"))))
        .instrument()
        .instrument();
  }

  @Test
  void searches_areForClerks_theirListForAuditors_andTheirRowsStay() {
    for (var actor : List.of(BackOffice.APPROVER, BackOffice.AUDITOR)) {
      assertThatThrownBy(() -> searches.byPan(actor, FOREIGN, "why"))
          .isInstanceOf(NotPermittedException.class);
    }
    assertThatThrownBy(() -> searches.page(BackOffice.CLERK, Optional.empty(), 1))
        .isInstanceOf(NotPermittedException.class);
    run(() -> searches.byPan(BackOffice.CLERK, FOREIGN, "why"));
    assertThatThrownBy(
            () ->
                run(
                    () ->
                        office
                            .entities
                            .createNativeQuery("delete from instrument_search")
                            .executeUpdate()))
        .hasMessageContaining("append-only");
  }
}
