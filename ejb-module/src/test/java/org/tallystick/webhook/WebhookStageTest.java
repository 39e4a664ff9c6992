package org.tallystick.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.staff.Actor;
import org.tallystick.webhook.Webhook.Target;
import org.tallystick.webhook.WebhookOutcome.WithSecret;

/** At least once and never for ever: leases, back-off, pauses, redelivery, retention. */
class WebhookStageTest {
  private static final ExchangeResult BAD = ExchangeResult.answered(500);
  private static final ExchangeResult GOOD = ExchangeResult.answered(200);

  @TempDir Path keys;
  private WebhookOffice office;
  private Actor program;
  private Webhook webhook;

  @BeforeEach
  void open() {
    office = new WebhookOffice(keys);
    program = office.program(office.institution());
    webhook = office.created(program, Set.of(EventType.REGISTRATION_MOVED));
  }

  private Delivery only() {
    return office.all(program, webhook).get(0);
  }

  private void waitFor(Delivery delivery) {
    OffsetDateTime next = delivery.nextAt();
    assertThat(next).isNotNull();
    office.office.clock.advance(Duration.between(office.office.clock.instant(), next.toInstant()));
  }

  @Test
  void delivery_thatIsTaken_isNobodyElses_untilItsNodeIsGone_andKeepsItsId() {
    office.tested(program, webhook);
    ClaimedDelivery first = office.claimed(webhook).get(0);
    assertThat(office.claimed(webhook)).isEmpty();
    office.office.clock.advance(WebhookStage.LEASE.minusSeconds(1));
    assertThat(office.claimed(webhook)).isEmpty();
    office.office.clock.advance(Duration.ofSeconds(1));
    ClaimedDelivery second = office.claimed(webhook).get(0);
    assertThat(second.publicId()).isEqualTo(first.publicId());
    assertThat(second.body()).isEqualTo(first.body());
    // the first node comes back and settles what is not its own any more
    office.settled(first, BAD);
    assertThat(only().lastResult()).isNull();
    office.settled(second, GOOD);
    assertThat(only().state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(only().lastResult()).isEqualTo("HTTP_200");
    office.office.clock.advance(Duration.ofDays(1));
    assertThat(office.claimed(webhook)).isEmpty();
  }

  @Test
  void delivery_thatNeverArrives_isSentTenTimes_inThreeDays_andThenFailed() {
    office.tested(program, webhook);
    OffsetDateTime start = only().createdAt();
    for (int attempt = 1; attempt < BackOff.ATTEMPTS; attempt++) {
      office.settled(office.claimed(webhook).get(0), BAD);
      assertThat(only().state()).isEqualTo(DeliveryState.PENDING);
      assertThat(only().attempts()).isEqualTo(attempt);
      assertThat(office.claimed(webhook)).isEmpty();
      waitFor(only());
    }
    office.settled(office.claimed(webhook).get(0), BAD);
    assertThat(only().state()).isEqualTo(DeliveryState.FAILED);
    assertThat(only().nextAt()).isNull();
    OffsetDateTime last = only().lastAt();
    assertThat(last).isNotNull();
    assertThat(Duration.between(start, last)).isBetween(Duration.ofHours(72), Duration.ofHours(84));
    office.office.clock.advance(Duration.ofDays(2));
    assertThat(office.claimed(webhook)).isEmpty();
  }

  @Test
  void pauses_growFromFiveSecondsToADay_eachWithSomeChance() {
    SecureRandom random = new SecureRandom();
    assertThat(BackOff.after(1, random).orElseThrow())
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5500));
    assertThat(BackOff.after(9, random).orElseThrow())
        .isBetween(Duration.ofHours(24), Duration.ofMinutes(24 * 66));
    assertThat(BackOff.after(BackOff.ATTEMPTS, random)).isEmpty();
    assertThat(IntStream.range(0, 20).mapToObj(i -> BackOff.after(5, random)).distinct().count())
        .isGreaterThan(10);
  }

  @Test
  void webhook_thatFailsForFiveDays_isPaused_andTellsSo_untilItsOwnerMakesItActive() {
    office.tested(program, webhook);
    office.settled(office.claimed(webhook).get(0), BAD);
    assertThat(office.found(program, webhook).failingSince()).isNotNull();
    office.office.clock.advance(WebhookStage.FAILING.minusSeconds(1));
    office.settled(office.claimed(webhook).get(0), BAD);
    assertThat(office.found(program, webhook).state()).isEqualTo(WebhookState.ACTIVE);
    office.office.clock.advance(Duration.ofDays(1));
    office.settled(office.claimed(webhook).get(0), ExchangeResult.TIMEOUT);
    Webhook paused = office.found(program, webhook);
    assertThat(paused.pause()).isNotNull();
    assertThat(paused.pause().reason()).isEqualTo(PauseReason.FAILING);
    office.office.clock.advance(Duration.ofDays(1));
    assertThat(office.claimed(webhook)).isEmpty();
    assertThat(office.moved(program, webhook, WebhookState.ACTIVE).failingSince()).isNull();
    office.settled(office.claimed(webhook).get(0), BAD);
    assertThat(office.found(program, webhook).state()).isEqualTo(WebhookState.ACTIVE);
  }

  @Test
  void success_inBetween_beginsTheDaysAnew() {
    office.tested(program, webhook);
    office.settled(office.claimed(webhook).get(0), BAD);
    office.office.clock.advance(WebhookStage.FAILING.minusSeconds(1));
    office.settled(office.claimed(webhook).get(0), GOOD);
    assertThat(office.found(program, webhook).failingSince()).isNull();
    office.tested(program, webhook);
    office.office.clock.advance(Duration.ofSeconds(10));
    office.settled(office.claimed(webhook).get(0), BAD);
    assertThat(office.found(program, webhook).state()).isEqualTo(WebhookState.ACTIVE);
  }

  @Test
  void receiver_thatIsGone_pausesItsWebhookAtOnce() {
    office.tested(program, webhook);
    office.settled(office.claimed(webhook).get(0), ExchangeResult.answered(410));
    Webhook paused = office.found(program, webhook);
    assertThat(paused.pause()).isNotNull();
    assertThat(paused.pause().reason()).isEqualTo(PauseReason.GONE);
    assertThat(only().state()).isEqualTo(DeliveryState.FAILED);
  }

  @Test
  void redelivery_sendsTheSameAgain_atOnce_withANewRound() {
    office.tested(program, webhook);
    ClaimedDelivery first = office.claimed(webhook).get(0);
    office.settled(first, GOOD);
    office.in(() -> office.deliveries.again(program, webhook.publicId(), first.publicId()));
    ClaimedDelivery again = office.claimed(webhook).get(0);
    assertThat(again.publicId()).isEqualTo(first.publicId());
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.attempts()).isEqualTo(1);
    // asked for while it is under way: what was under way does not settle it
    office.in(() -> office.deliveries.again(program, webhook.publicId(), first.publicId()));
    office.settled(again, BAD);
    assertThat(only().attempts()).isZero();
    assertThat(office.claimed(webhook)).hasSize(1);
  }

  @Test
  void slowReceiver_getsNoMoreThanItsLanes_andOthersGetTheirs() {
    Webhook other = office.created(program, Set.of(EventType.REGISTRATION_MOVED));
    IntStream.range(0, 10).forEach(i -> office.tested(program, webhook));
    office.tested(program, other);
    List<Long> taken =
        office
            .in(
                () ->
                    office.stage.claim(
                        10_000, WebhookLanes.EACH, Map.of(webhook.id(), WebhookLanes.EACH - 1)))
            .stream()
            .map(ClaimedDelivery::webhook)
            .filter(id -> id == webhook.id() || id == other.id())
            .toList();
    assertThat(taken).containsExactlyInAnyOrder(webhook.id(), other.id());
  }

  @Test
  void deliveries_areForgottenAfterThirtyDays_whateverBecameOfThem() {
    office.tested(program, webhook);
    office.settled(office.claimed(webhook).get(0), GOOD);
    office.tested(program, webhook);
    office.office.clock.advance(WebhookStage.KEPT.minusSeconds(1));
    office.in(() -> office.stage.expire(10_000));
    assertThat(office.all(program, webhook)).hasSize(2);
    office.office.clock.advance(Duration.ofSeconds(1));
    office.in(() -> office.stage.expire(10_000));
    assertThat(office.all(program, webhook)).isEmpty();
  }

  @Test
  void delivery_isSigned_soThatItsReceiverCanTell() throws IOException {
    ScheduledExecutorService watchdog = Executors.newScheduledThreadPool(1);
    try (Receiver receiver =
        Receiver.plain(Receiver.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))) {
      Target here =
          new Target(
              "http://127.0.0.1:" + receiver.port() + "/in", Set.of(EventType.AGREEMENT_PUBLISHED));
      WithSecret made = (WithSecret) office.in(() -> office.webhooks.create(program, here));
      office.tested(program, made.webhook());
      ClaimedDelivery claimed = office.claimed(made.webhook()).get(0);
      WebhookSender sender = WebhooksFixture.sender(office.office);
      assertThat(sender.send(claimed, sender.exchange(watchdog, watchdog))).isEqualTo(GOOD);
      String[] request = receiver.requests().get(0).split("\r\n\r\n", 2);
      assertThat(request[1]).isEqualTo(claimed.body());
      long now = office.office.clock.instant().getEpochSecond();
      WebhookSecret secret =
          WebhookSecret.adopt(
              java.util.Base64.getDecoder().decode(made.secret().substring("whsec_".length())));
      assertThat(request[0])
          .contains("\r\nwebhook-id: " + claimed.publicId() + "\r\n")
          .contains("\r\nwebhook-timestamp: " + now + "\r\n")
          .contains(
              "\r\nwebhook-signature: "
                  + WebhookSecret.signatures(
                      List.of(secret),
                      claimed.publicId().toString(),
                      now,
                      claimed.body().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                  + "\r\n");
    } finally {
      watchdog.shutdownNow();
    }
  }
}
