package org.tallystick.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    return Server.inTransaction(
        office.entities,
        () ->
            office.registrations.approve(BackOffice.CLERK, registered.registration(), "is known"));
  }

  private void move(Registered registered, RegistrationState next) {
    TransitionOutcome outcome =
        Server.inTransaction(
            office.entities,
            () ->
                office.registrations.move(
                    BackOffice.APPROVER, registered.registration(), next, "because"));
    assertThat(outcome).isEqualTo(new Moved(next));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Paypal Spa 10",
        "paypal SPA 10",
        "P\u0430yp\u0430l Sp\u0430 10", // Cyrillic a
        "\u0420aypal Spa 10", // Cyrillic capital er
        "\uff30\uff41\uff59\uff50\uff41\uff4c Spa 10", // fullwidth
        "Pay\u200bpal Spa 10", // zero width space
        "Pay\u200dpal Spa 10", // zero width joiner
        "Pay\u3164pal Spa 10", // a letter that is invisible
        "PaypaI Spa 10", // capital i
        "Paypal Spa lO", // letters for digits
        "Paypal  Spa\u00a010",
        "Paypal Spa 1\u03bf" // Greek omicron
      })
  void nameThatLooksLikeAProviders_isRefused(String lookAlike) {
    approve(applied("Paypal Spa 10"));
    assertThat(apply(lookAlike)).isEqualTo(new ApplicationOutcome.NameConfusable());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Paypal Spa 11", "Paypa Spa 10", "Paypal Sga 10", "\u041f\u0430\u0439"})
  void nameThatDoesNot_isTaken(String other) {
    approve(applied("Paypal Spa 10"));
    assertThat(apply(other)).isInstanceOf(Registered.class);
  }

  @Test
  void applications_doNotCount_butOnlyOneIsApproved() {
    Registered first = applied("Corner");
    Registered second = applied("C\u043erner");
    assertThat(approve(second)).isEqualTo(new Moved(RegistrationState.ACTIVE));
    assertThat(approve(first)).isEqualTo(new TransitionOutcome.NameConfusable());
    assertThat(
            Server.inTransaction(
                office.entities,
                () ->
                    office.registrations.move(
                        BackOffice.APPROVER,
                        first.registration(),
                        RegistrationState.ACTIVE,
                        "because")))
        .isEqualTo(new TransitionOutcome.NameConfusable());
  }

  @Test
  void closedProvider_leavesItsName_aSuspendedOneKeepsIt() {
    Registered first = applied("Corner");
    approve(first);
    move(first, RegistrationState.SUSPENDED);
    assertThat(apply("Corner")).isEqualTo(new ApplicationOutcome.NameConfusable());
    move(first, RegistrationState.ACTIVE);
    move(first, RegistrationState.CLOSED);
    assertThat(approve(applied("Corner"))).isEqualTo(new Moved(RegistrationState.ACTIVE));
  }

  @Test
  void users_haveNoPublicName() {
    assertThat(office.apply()).isNotNull();
    assertThat(office.apply()).isNotNull();
  }

  /** Two clerks at one moment: the index is the last word. */
  @Test
  void database_holdsNoTwo() {
    approve(applied("Corner"));
    applied("Shop");
    String skeleton = PublicName.skeleton("Corner" + unique);
    String other = PublicName.skeleton("Shop" + unique);
    Map<String, Object> values = Map.of("one", skeleton, "two", other);
    assertThatThrownBy(
            () ->
                Server.inTransaction(
                    office.entities,
                    () ->
                        office
                            .entities
                            .createNativeQuery(
                                "update party set state = 'ACTIVE', display_name_skeleton = ?1"
                                    + " where display_name_skeleton = ?2")
                            .setParameter(1, values.get("one"))
                            .setParameter(2, values.get("two"))
                            .executeUpdate()))
        .hasRootCauseInstanceOf(java.sql.SQLException.class);
  }

  @Test
  void longestName_hasASkeletonThatFits() {
    assertThat(PublicName.skeleton("\ufdfa".repeat(64)).length())
        .isLessThanOrEqualTo(PublicName.MAX_SKELETON);
  }
}
