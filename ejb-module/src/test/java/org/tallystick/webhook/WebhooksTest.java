package org.tallystick.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.institution.Institution;
import org.tallystick.page.CursorRefusedException;
import org.tallystick.page.Page;
import org.tallystick.staff.Actor;
import org.tallystick.staff.NotPermittedException;
import org.tallystick.staff.Scope;
import org.tallystick.webhook.Webhook.Target;
import org.tallystick.webhook.WebhookOutcome.AddressNotValid;
import org.tallystick.webhook.WebhookOutcome.OtherVersion;
import org.tallystick.webhook.WebhookOutcome.Paused;
import org.tallystick.webhook.WebhookOutcome.Stands;
import org.tallystick.webhook.WebhookOutcome.TooMany;
import org.tallystick.webhook.WebhookOutcome.Unknown;
import org.tallystick.webhook.WebhookOutcome.WithSecret;

/** Webhooks are their institution's, and tell nobody more than who set them up may see. */
class WebhooksTest {
  private static final Set<EventType> MOVED = Set.of(EventType.REGISTRATION_MOVED);

  @TempDir Path keys;
  private WebhookOffice office;
  private Actor program;
  private Actor colleague;
  private Actor stranger;

  @BeforeEach
  void open() {
    office = new WebhookOffice(keys);
    Institution institution = office.institution();
    program = office.program(institution);
    colleague = office.program(institution);
    stranger = office.program(office.institution());
  }

  private WebhookOutcome change(Actor actor, Webhook webhook, Target target) {
    return office.in(
        () ->
            office.webhooks.change(
                actor, webhook.publicId(), version -> true, target, WebhookState.ACTIVE));
  }

  @Test
  void webhook_isItsInstitutions_andNobodyElsesAtAll() {
    Webhook webhook = office.created(program, MOVED);
    Delivery delivery = office.tested(program, webhook);
    UUID id = webhook.publicId();
    assertThat(office.in(() -> office.webhooks.find(colleague, id))).isPresent();
    assertThat(office.in(() -> office.webhooks.all(colleague))).hasSize(1);
    assertThat(office.in(() -> office.webhooks.find(stranger, id))).isEmpty();
    assertThat(office.in(() -> office.webhooks.all(stranger))).isEmpty();
    assertThat(change(stranger, webhook, webhook.target())).isEqualTo(new Unknown());
    assertThat(office.in(() -> office.webhooks.rotate(stranger, id))).isEqualTo(new Unknown());
    assertThat(office.in(() -> office.webhooks.delete(stranger, id))).isFalse();
    assertThat(office.in(() -> office.deliveries.test(stranger, id))).isEqualTo(new Unknown());
    assertThat(office.in(() -> office.deliveries.page(stranger, id, Optional.empty(), 1)))
        .isEmpty();
    assertThat(office.in(() -> office.deliveries.again(stranger, id, delivery.publicId())))
        .isEqualTo(new Unknown());
    Webhook other = office.created(stranger, MOVED);
    assertThat(
            office.in(
                () -> office.deliveries.again(stranger, other.publicId(), delivery.publicId())))
        .isEqualTo(new Unknown());
    assertThat(office.in(() -> office.webhooks.delete(colleague, id))).isTrue();
    assertThat(office.in(() -> office.webhooks.find(program, id))).isEmpty();
  }

  @Test
  void program_withoutTheScopeOfAnEvent_cannotSubscribeToIt() {
    Actor narrow = office.program(office.institution(), Set.of(Scope.WEBHOOKS));
    assertThatThrownBy(() -> office.created(narrow, MOVED))
        .isInstanceOf(NotPermittedException.class);
    assertThat(office.created(narrow, Set.of(EventType.AGREEMENT_PUBLISHED)).state())
        .isEqualTo(WebhookState.ACTIVE);
    Actor without = Actor.partner(program.client(), 1, Set.of(Scope.REGISTRATIONS));
    assertThatThrownBy(() -> office.in(() -> office.webhooks.all(without)))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void ninth_isRefused_whicheverProgramWantsIt_untilOneIsDeleted() {
    List<Webhook> made =
        java.util.stream.IntStream.range(0, Webhooks.MOST)
            .mapToObj(i -> office.created(i % 2 == 0 ? program : colleague, MOVED))
            .toList();
    Target target = new Target(WebhookOffice.URL, MOVED);
    assertThat(office.in(() -> office.webhooks.create(program, target))).isEqualTo(new TooMany());
    office.in(() -> office.webhooks.delete(program, made.get(3).publicId()));
    assertThat(office.in(() -> office.webhooks.create(program, target)))
        .isInstanceOf(WithSecret.class);
  }

  @Test
  void address_whereNothingIsSent_isRefused() {
    Target bad = new Target("https://10.0.0.1/", MOVED);
    assertThat(office.in(() -> office.webhooks.create(program, bad)))
        .isEqualTo(new AddressNotValid());
    Webhook webhook = office.created(program, MOVED);
    assertThat(change(program, webhook, bad)).isEqualTo(new AddressNotValid());
  }

  @Test
  void change_isSeenByVersion_andMakesTheChangerAnswerForIt() {
    Webhook webhook = office.created(program, MOVED);
    Target target = new Target("https://other.example.org/", MOVED);
    assertThat(
            office.in(
                () ->
                    office.webhooks.change(
                        colleague,
                        webhook.publicId(),
                        version -> version != webhook.version(),
                        target,
                        WebhookState.PAUSED)))
        .isEqualTo(new OtherVersion());
    Webhook changed = ((Stands) change(colleague, webhook, target)).webhook();
    assertThat(changed.client()).isEqualTo(colleague.client());
    assertThat(changed.target()).isEqualTo(target);
    assertThat(changed.version()).isGreaterThan(webhook.version());
    Webhook paused = office.moved(program, changed, WebhookState.PAUSED);
    assertThat(paused.pause()).isNotNull();
    assertThat(paused.pause().reason()).isEqualTo(PauseReason.OWNER);
    assertThat(office.in(() -> office.deliveries.test(program, webhook.publicId())))
        .isEqualTo(new Paused());
  }

  @Test
  void secret_isShownOnce_andStoredOnlySealed() {
    WithSecret made =
        (WithSecret)
            office.in(() -> office.webhooks.create(program, new Target(WebhookOffice.URL, MOVED)));
    assertThat(made.toString()).doesNotContain(made.secret());
    byte[] sealed =
        (byte[])
            office
                .office
                .entities
                .createNativeQuery("select secret_sealed from webhook where id = ?1")
                .setParameter(1, made.webhook().id())
                .getSingleResult();
    byte[] secret = java.util.Base64.getDecoder().decode(made.secret().substring(6));
    assertThat(sealed).hasSize(1 + 12 + 32 + 16);
    assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(secret, java.nio.charset.StandardCharsets.ISO_8859_1));
    WebhookSecret opened =
        WebhooksFixture.vault(office.office)
            .open(new SealedSecrets(sealed, null), made.webhook().publicId())
            .get(0);
    assertThat(opened.shown()).isEqualTo(made.secret());
  }

  @Test
  void rotation_signsByBothForADay_andThenByTheNewOneAlone() {
    Webhook webhook = office.created(program, MOVED);
    office.tested(program, webhook);
    assertThat(office.claimed(webhook).get(0).secrets().former()).isNull();
    WithSecret rotated =
        (WithSecret) office.in(() -> office.webhooks.rotate(program, webhook.publicId()));
    assertThat(rotated.webhook().formerUntil())
        .isEqualTo(rotated.webhook().createdAt().plus(Webhooks.OVERLAP));
    office.office.clock.advance(Webhooks.OVERLAP.minusSeconds(1));
    assertThat(office.claimed(webhook).get(0).secrets().former()).isNotNull();
    office.office.clock.advance(java.time.Duration.ofMinutes(2));
    assertThat(office.claimed(webhook).get(0).secrets().former()).isNull();
    office.in(() -> office.stage.expire(1));
    assertThat(office.found(program, webhook).formerUntil()).isNull();
  }

  @Test
  void deliveries_comeInPages_newestFirst_andCursorsAreTheListsOwn() {
    Webhook webhook = office.created(program, MOVED);
    Webhook another = office.created(program, MOVED);
    List<UUID> made =
        java.util.stream.Stream.generate(() -> office.tested(program, webhook).publicId())
            .limit(5)
            .toList();
    Page<Delivery> first =
        office
            .in(() -> office.deliveries.page(program, webhook.publicId(), Optional.empty(), 3))
            .orElseThrow();
    Page<Delivery> rest =
        office
            .in(
                () ->
                    office.deliveries.page(
                        program, webhook.publicId(), Optional.ofNullable(first.next()), 3))
            .orElseThrow();
    assertThat(first.items())
        .extracting(Delivery::publicId)
        .containsExactly(made.get(4), made.get(3), made.get(2));
    assertThat(rest.items())
        .extracting(Delivery::publicId)
        .containsExactly(made.get(1), made.get(0));
    assertThat(rest.next()).isNull();
    assertThatThrownBy(
            () ->
                office.in(
                    () ->
                        office.deliveries.page(
                            program, another.publicId(), Optional.ofNullable(first.next()), 3)))
        .isInstanceOf(CursorRefusedException.class);
  }
}
