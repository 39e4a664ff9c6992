package org.tallystick.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.institution.Institution;
import org.tallystick.institution.InstitutionState;
import org.tallystick.institution.InstitutionsFixture;
import org.tallystick.partner.ClientTerms;
import org.tallystick.party.Registered;
import org.tallystick.party.RegistrationState;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Scope;

/** What is written for whom, with its cause and never without it. */
class OutboxTest {
  @TempDir Path keys;
  private WebhookOffice office;
  private Institution institution;
  private Actor program;

  @BeforeEach
  void open() {
    office = new WebhookOffice(keys);
    institution = office.institution();
    program = office.program(institution);
  }

  private List<String> types(Actor actor, Webhook webhook) {
    return office.all(actor, webhook).stream().map(Delivery::type).toList();
  }

  @Test
  void registration_thatMoves_isToldToItsInstitution_byNameAlone() {
    Webhook webhook = office.created(program, Set.of(EventType.REGISTRATION_MOVED));
    Registered registered = office.applied(program);
    office.run(
        () ->
            office.office.transitions.move(
                office.office.parties.byRegistration(registered.registration()).orElseThrow(),
                RegistrationState.CLOSED,
                "somebody",
                "because"));
    assertThat(types(program, webhook)).containsExactly("registration.moved");
    ClaimedDelivery claimed = office.claimed(webhook).get(0);
    assertThat(claimed.url()).isEqualTo(WebhookOffice.URL);
    assertThat(claimed.body())
        .isEqualTo(
            "{\"id\":\""
                + claimed.publicId()
                + "\",\"type\":\"registration.moved\",\"timestamp\":\"2026-03-01T12:00:00Z\","
                + "\"data\":{\"registration\":\""
                + registered.registration()
                + "\"}}");
  }

  @Test
  void event_ofAnothersParty_ofNobodysParty_orNotSubscribedTo_isNotTold() {
    Webhook ours = office.created(program, WebhookOffice.ALL);
    Actor other = office.program(office.institution());
    Webhook theirs = office.created(other, WebhookOffice.ALL);
    Webhook messages = office.created(program, Set.of(EventType.REGISTRATION_MESSAGE));
    office.office.submitted(office.applied(program));
    office.office.submitted(office.office.apply());
    assertThat(types(program, ours))
        .containsExactlyInAnyOrder(
            "registration.moved",
            "registration.message",
            "registration.moved",
            "registration.message");
    assertThat(types(program, messages)).containsOnly("registration.message").hasSize(2);
    assertThat(types(other, theirs)).isEmpty();
  }

  @Test
  void cause_thatIsUndone_tellsNothing() {
    Webhook webhook = office.created(program, WebhookOffice.ALL);
    Registered registered = office.applied(program);
    office.office.entities.getTransaction().begin();
    office.office.transitions.move(
        office.office.parties.byRegistration(registered.registration()).orElseThrow(),
        RegistrationState.CLOSED,
        "somebody",
        "because");
    assertThat(
            office
                .office
                .entities
                .createNativeQuery("select count(*) from webhook_delivery where webhook_id = ?1")
                .setParameter(1, webhook.id())
                .getSingleResult())
        .isEqualTo(2L);
    office.office.entities.getTransaction().rollback();
    office.office.entities.clear();
    assertThat(types(program, webhook)).isEmpty();
  }

  @Test
  void program_thatMayNotSee_isNotTold() {
    Webhook webhook = office.created(program, WebhookOffice.ALL);
    Set<Scope> fewer = EnumSet.of(Scope.WEBHOOKS, Scope.TRANSACTIONS_READ);
    office.in(
        () ->
            office.clients.change(
                InstitutionsFixture.ADMINISTRATOR,
                program.client(),
                version -> true,
                new ClientTerms(List.of(), new byte[32], fewer)));
    office.office.submitted(office.applied(program));
    tellTransaction();
    assertThat(types(program, webhook)).containsExactly("transaction.decided");
  }

  @Test
  void program_thatIsRevoked_orOfASuspendedInstitution_orPaused_isNotTold_norIsAnythingSent() {
    Webhook webhook = office.created(program, WebhookOffice.ALL);
    tellTransaction();
    InstitutionsFixture.move(office.office, institution.publicId(), InstitutionState.SUSPENDED);
    tellTransaction();
    assertThat(office.claimed(webhook)).isEmpty();
    InstitutionsFixture.move(office.office, institution.publicId(), InstitutionState.ACTIVE);
    office.moved(program, webhook, WebhookState.PAUSED);
    tellTransaction();
    assertThat(office.claimed(webhook)).isEmpty();
    office.moved(program, webhook, WebhookState.ACTIVE);
    office.in(
        () -> office.clients.revoke(InstitutionsFixture.ADMINISTRATOR, program.client(), "gone"));
    tellTransaction();
    assertThat(office.claimed(webhook)).isEmpty();
    assertThat(office.all(program, webhook)).hasSize(1);
    Actor successor = office.program(institution);
    office.moved(successor, webhook, WebhookState.ACTIVE);
    assertThat(office.claimed(webhook)).hasSize(1);
  }

  @Test
  void agreement_thatIsPublished_isToldToAll() {
    Webhook ours = office.created(program, Set.of(EventType.AGREEMENT_PUBLISHED));
    Actor other = office.program(office.institution(), Set.of(Scope.WEBHOOKS));
    Webhook theirs = office.created(other, Set.of(EventType.AGREEMENT_PUBLISHED));
    Event published =
        new Event(
            EventType.AGREEMENT_PUBLISHED,
            OffsetDateTime.now(office.office.clock),
            Map.of("version", "2"));
    office.run(() -> WebhooksFixture.outbox(office.office).tellAll(published));
    assertThat(office.claimed(ours, theirs))
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.body()).contains("\"data\":{\"version\":\"2\"}"))
        .extracting(ClaimedDelivery::publicId)
        .doesNotHaveDuplicates();
  }

  private void tellTransaction() {
    Event event =
        new Event(
            EventType.TRANSACTION_DECIDED,
            OffsetDateTime.now(office.office.clock),
            Map.of("transaction", "0000000000000000"));
    office.run(
        () ->
            WebhooksFixture.outbox(office.office)
                .tell(List.of(new DeliveryRows.Theirs(institution.id(), event))));
  }
}
