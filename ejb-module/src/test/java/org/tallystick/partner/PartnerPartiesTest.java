package org.tallystick.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.codec.Base64Url;
import org.tallystick.institution.Institution;
import org.tallystick.institution.InstitutionState;
import org.tallystick.institution.InstitutionsFixture;
import org.tallystick.node.Server;
import org.tallystick.party.Application;
import org.tallystick.party.ApplicationOutcome;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKind;
import org.tallystick.party.PartyRole;
import org.tallystick.party.Registered;
import org.tallystick.party.RegistrationState;
import org.tallystick.staff.Actor;
import org.tallystick.staff.NotPermittedException;
import org.tallystick.staff.Role;
import org.tallystick.staff.Scope;

/**
 * Who comes through an institution is its own, and only its own, whoever hands the application in.
 */
class PartnerPartiesTest {
  private static final Application ADA =
      new Application(PartyKind.PERSON, PartyRole.USER, "Ada Byron", null, null, null);

  @TempDir Path keys;
  private BackOffice office;
  private Institution ours;
  private Actor program;
  private Actor another;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    ours = InstitutionsFixture.opened(office);
    Institution theirs = InstitutionsFixture.opened(office);
    program = Actor.partner("ours", ours.id(), Set.of(Scope.REGISTRATIONS));
    another = Actor.partner("theirs", theirs.id(), Set.of(Scope.REGISTRATIONS));
  }

  private <T> T in(Supplier<T> work) {
    return Server.inTransaction(office.entities, work);
  }

  private Registered byProgram() {
    return (Registered) in(() -> office.registrations.register(program, ADA));
  }

  private ApplicationOutcome through(String institution) {
    return in(() -> office.registrations.register(ADA, institution));
  }

  private long pageOf(Actor actor) {
    return in(
        () ->
            (long)
                office
                    .registrations
                    .ofInstitution(actor, RegistrationState.APPLIED, Optional.empty(), 10)
                    .items()
                    .size());
  }

  @Test
  void applicationByAProgram_isItsInstitutions_andSaysByWhom() {
    String registration = byProgram().registration();
    assertThat(in(() -> office.registrations.ofInstitution(program, registration)))
        .flatMap(Party::institution)
        .hasValue(ours.id());
    assertThat(in(() -> office.registrations.ofInstitution(another, registration))).isEmpty();
    assertThat(pageOf(program)).isEqualTo(1);
    assertThat(pageOf(another)).isZero();
    Object by =
        in(
            () ->
                office
                    .entities
                    .createNativeQuery("select registered_by from party where registration = ?1")
                    .setParameter(1, Base64Url.decode(registration))
                    .getSingleResult());
    assertThat(by).isEqualTo("partner:ours");
  }

  @Test
  void applicationThroughAnInstitution_isItsOwn() {
    Registered registered = (Registered) through(Base64Url.encode(ours.publicId()));
    assertThat(in(() -> office.registrations.ofInstitution(program, registered.registration())))
        .isPresent();
    String nobodys = office.apply().registration();
    assertThat(in(() -> office.registrations.ofInstitution(program, nobodys))).isEmpty();
  }

  @Test
  void institutionThatIsUnknown_suspended_orClosed_takesNobody_andKeepsItsParties() {
    String id = Base64Url.encode(ours.publicId());
    Registered before = (Registered) through(id);
    var notOpen = new ApplicationOutcome.InstitutionNotOpen();
    assertThat(through("AAAAAAAAAAAAAAAAAAAAAA")).isEqualTo(notOpen);
    assertThat(through("!")).isEqualTo(notOpen);
    InstitutionsFixture.move(office, ours.publicId(), InstitutionState.SUSPENDED);
    assertThat(through(id)).isEqualTo(notOpen);
    InstitutionsFixture.move(office, ours.publicId(), InstitutionState.CLOSED);
    assertThat(through(id)).isEqualTo(notOpen);
    assertThat(
            in(() -> office.parties.byRegistration(BackOffice.CLERK, before.registration()))
                .orElseThrow()
                .state())
        .isEqualTo(RegistrationState.APPLIED);
  }

  @Test
  void program_withoutTheScope_mayNothing_andIsNoStaff() {
    Actor reader = Actor.partner("ours", ours.id(), Set.of(Scope.TRANSACTIONS_READ));
    assertThatThrownBy(() -> office.registrations.register(reader, ADA))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> office.registrations.ofInstitution(reader, "x"))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(
            () ->
                office.registrations.page(program, RegistrationState.APPLIED, Optional.empty(), 10))
        .isInstanceOf(NotPermittedException.class);
    Actor clerk = new Actor("clerk", Set.of(Role.CLERK), ours.id());
    assertThatThrownBy(() -> office.registrations.register(clerk, ADA))
        .isInstanceOf(NotPermittedException.class);
  }
}
