package org.tallystick.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.codec.Base64Url;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.party.TransitionOutcome.Moved;

/** Public names over a real database: what people would take for one name is one provider's. */
class PublicNamesTest {
  @TempDir Path keys;
  private BackOffice office;
  private final String unique = " " + UUID.randomUUID();

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
  }

  private ApplicationOutcome apply(String name) {
    return office.register(
        new Application(
            PartyKind.ORGANISATION, PartyRole.PROVIDER, "Ltd", name + unique, null, null));
  }

  private Registered applied(String name) {
    return (Registered) apply(name);
  }

  private TransitionOutcome approve(Registered registered) {
    if (office.party(registered).state() == RegistrationState.APPLIED) {
      office.submitted(registered);
    }
    return office.approve(registered);
  }

  private void move(Registered registered, RegistrationState next) {
    assertThat(office.move(registered, next)).isEqualTo(new Moved(next));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Paypal Hom 10",
        "paypal HOM 10",
        "P\u0430yp\u0430l Hom 10", // Cyrillic a
        "\u0420aypal Hom 10", // Cyrillic capital er
        "Paypal \u0397om 10", // Greek capital eta, whose small letter is no h
        "Paypal \u041dom 10", // Cyrillic capital en
        "\uff30\uff41\uff59\uff50\uff41\uff4c Hom 10", // fullwidth
        "Pay\u200bpal Hom 10", // zero width space
        "Pay\u200dpal Hom 10", // zero width joiner
        "Pay\u3164pal Hom 10", // a letter that is invisible
        "Pay\u034fpal Hom 10", // a mark that is invisible
        "PaypaI Hom 10", // capital i
        "Paypal Hom lO", // letters for digits
        "Paypal Horn 10", // r and n
        "PAYPAL HO\u039c 10", // Greek capital mu
        "Paypal  Hom\u00a010",
        "Paypal\u2800Hom 10", // a Braille pattern without dots
        "\u00a0Paypal Hom 10",
        "Paypal Hom 1\u03bf" // Greek omicron
      })
  void nameThatLooksLikeAProviders_isRefused(String lookAlike) {
    approve(applied("Paypal Hom 10"));
    assertThat(apply(lookAlike)).isEqualTo(new ApplicationOutcome.NameConfusable());
  }

  /** A capital I looks like an l, its small letter does not. */
  @Test
  void nameInOtherCase_isRefused_thoughItLooksDifferent() {
    approve(applied("Inn"));
    assertThat(apply("inn")).isEqualTo(new ApplicationOutcome.NameConfusable());
    assertThat(apply("lnn")).isEqualTo(new ApplicationOutcome.NameConfusable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Paypal Hom 11",
        "Paypa Hom 10",
        "Paypai Hom 10",
        "Paypal Hon 10",
        "PaypalHom 10",
        "\u041f\u0430\u0439"
      })
  void nameThatDoesNot_isTaken(String other) {
    approve(applied("Paypal Hom 10"));
    assertThat(apply(other)).isInstanceOf(Registered.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00a0", "\u3164", "\u2800", "\u3000\u115f"})
  void nameOfWhichNothingIsSeen_isRefused(String blank) {
    assertThat(
            office.register(
                new Application(
                    PartyKind.PERSON, PartyRole.PROVIDER, "Ada Byron", blank, null, null)))
        .isEqualTo(new ApplicationOutcome.NameConfusable());
  }

  @Test
  void applications_doNotCount_butOnlyOneIsApproved() {
    Registered first = applied("Corner");
    Registered second = applied("C\u043erner");
    assertThat(approve(second)).isEqualTo(new Moved(RegistrationState.APPROVED));
    assertThat(approve(first)).isEqualTo(new TransitionOutcome.NameConfusable());
    assertThat(office.party(first).state()).isEqualTo(RegistrationState.REVIEW);
  }

  @Test
  void twoThatLookAlike_approvedAtOnce_leaveOne() throws Exception {
    List<Registered> both = List.of(applied("Twin"), applied("TW\u0406N"));
    for (Registered one : both) {
      office.submitted(one);
      office.approve(BackOffice.CLERK, one, "known");
    }
    List<TransitionOutcome> outcomes =
        AtOnce.run(
            2,
            i -> {
              BackOffice own = new BackOffice(keys);
              return () -> own.approve(BackOffice.APPROVER, both.get(i), "known");
            });
    assertThat(outcomes)
        .containsExactlyInAnyOrder(
            new Moved(RegistrationState.APPROVED), new TransitionOutcome.NameConfusable());
  }

  @Test
  void closedProvider_leavesItsName_aSuspendedOneKeepsIt() {
    Registered first = applied("Corner");
    approve(first);
    assertThat(apply("Corner")).isEqualTo(new ApplicationOutcome.NameConfusable());
    office.signed(office.party(first));
    move(first, RegistrationState.SUSPENDED);
    assertThat(apply("Corner")).isEqualTo(new ApplicationOutcome.NameConfusable());
    move(first, RegistrationState.ACTIVE);
    move(first, RegistrationState.CLOSED);
    assertThat(approve(applied("Corner"))).isEqualTo(new Moved(RegistrationState.APPROVED));
  }

  @Test
  void lapsedProvider_keepsItsName_whileItIsReviewedAgain() {
    Registered first = applied("Corner");
    approve(first);
    office.signed(office.party(first));
    move(first, RegistrationState.LAPSED);
    office.submitted(first);
    assertThat(office.party(first).state()).isEqualTo(RegistrationState.REVIEW);
    assertThat(apply("Corner")).isEqualTo(new ApplicationOutcome.NameConfusable());
    assertThat(approve(first)).isEqualTo(new Moved(RegistrationState.ACTIVE));
  }

  @Test
  void users_haveNoPublicName() {
    assertThat(office.apply()).isNotNull();
    assertThat(office.apply()).isNotNull();
  }

  /** Two clerks at one moment: an index is the last word. */
  @ParameterizedTest
  @ValueSource(strings = {"look", "folded"})
  void database_holdsNoTwo(String kind) {
    approve(applied("Corner"));
    Registered other = applied("Shop");
    approve(other);
    String column = "display_name_" + kind + "_hash";
    assertThatThrownBy(
            () ->
                Server.inTransaction(
                    office.entities,
                    () ->
                        office
                            .entities
                            .createNativeQuery(
                                "update party set #column = (select #column from party where display_name = ?1) where registration = ?2"
                                    .replace("#column", column))
                            .setParameter(1, "Corner" + unique)
                            .setParameter(2, Base64Url.decode(other.registration()))
                            .executeUpdate()))
        .hasMessageContaining("party_by_" + kind);
  }
}
