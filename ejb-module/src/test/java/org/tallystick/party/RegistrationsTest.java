package org.tallystick.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.crypto.Sha256;
import org.tallystick.node.Server;
import org.tallystick.staff.NotPermittedException;

class RegistrationsTest {
  @TempDir Path keys;
  private BackOffice office;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
  }

  @Test
  void application_isFoundByToken_andWaits() {
    Registered registered = office.apply();
    Party party = office.parties.byPartyToken(registered.partyToken()).orElseThrow();
    assertThat(party.state()).isEqualTo(RegistrationState.APPLIED);
    assertThat(party.accountIdentifier()).hasSize(16);
    assertThat(party.contractVersion()).isEqualTo(1);
    assertThat(party.contractHash())
        .isEqualTo(Sha256.of(office.agreements.newest().text().getBytes(StandardCharsets.UTF_8)));
    assertThat(office.parties.accountBindingValue(party)).hasSize(16);
    assertThat(office.parties.byAccountIdentifier(party.accountIdentifier()))
        .map(Party::id)
        .hasValue(party.id());
    assertThat(office.parties.byPartyToken("x")).isEmpty();
    assertThat(
            office.parties.byPartyToken(registered.partyToken().toLowerCase(java.util.Locale.ROOT)))
        .isEmpty();
  }

  @Test
  void nameAndAddress_areNotInTheDatabase() {
    office.apply();
    Object found =
        office
            .entities
            .createNativeQuery(
                "select count(*) from party where position('Ada'::bytea in name_sealed) > 0"
                    + " or position('ada@'::bytea in email_sealed) > 0")
            .getSingleResult();
    assertThat(found).hasToString("0");
  }

  @Test
  void roles_areCheckedInTheUseCaseToo() {
    Registered registered = office.apply();
    assertThatThrownBy(
            () -> office.decisions.approve(BackOffice.AUDITOR, registered.registration(), "why"))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(
            () ->
                office.decisions.move(
                    BackOffice.CLERK, registered.registration(), RegistrationState.REFUSED, "why"))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(
            () ->
                office.registrations.page(
                    BackOffice.AUDITOR, RegistrationState.APPLIED, Optional.empty(), 5))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void pages_showEachRegistrationOnce_withItsName() {
    for (int i = 0; i < 3; i++) {
      office.apply();
    }
    ApplicantPage first = page(Optional.empty());
    assertThat(first.registrations()).hasSize(2);
    ApplicantPage second = page(Optional.ofNullable(first.next()));
    assertThat(second.registrations())
        .isNotEmpty()
        .doesNotContainAnyElementsOf(first.registrations());
    assertThat(first.registrations())
        .as("who was shown the name is recorded")
        .allSatisfy(shown -> assertThat(looks(shown)).containsExactly("NAME by clerk"));
  }

  private List<String> looks(Applicant shown) {
    return office
        .dossiers
        .accesses(BackOffice.AUDITOR, shown.registration(), Optional.empty(), 10)
        .orElseThrow()
        .items()
        .stream()
        .map(access -> access.what() + " by " + access.actor())
        .toList();
  }

  private ApplicantPage page(Optional<String> after) {
    // only what this vault sealed can be opened, so the rows of other tests go out of the way
    Server.inTransaction(
        office.entities,
        () ->
            office
                .entities
                .createNativeQuery(
                    "update party set state = 'REFUSED', ended_at = now() where state = 'APPLIED'"
                        + " and id <= (select max(id) - 3 from party)")
                .executeUpdate());
    return Server.inTransaction(
        office.entities,
        () -> office.registrations.page(BackOffice.CLERK, RegistrationState.APPLIED, after, 2));
  }
}
