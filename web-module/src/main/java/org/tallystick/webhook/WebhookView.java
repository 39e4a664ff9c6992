package org.tallystick.webhook;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as its institution's programs see it.
 *
 * @param webhook names it in addresses
 * @param url where deliveries go
 * @param events of which it is told
 * @param state whether it is
 * @param client the program that set it up last
 * @param pausedBecause why it is paused; absent while it is active
 * @param pausedAt since when; absent likewise
 * @param failingSince of the first failure since the last success; absent where there was none
 * @param formerSecretUntil until when the secret before signs too; absent where none does
 * @param createdAt since when it is there
 * @param secret what deliveries are signed with; shown where it is made and never again
 */
public record WebhookView(
    String webhook,
    String url,
    List<String> events,
    WebhookState state,
    String client,
    @Nullable PauseReason pausedBecause,
    @Nullable OffsetDateTime pausedAt,
    @Nullable OffsetDateTime failingSince,
    @Nullable OffsetDateTime formerSecretUntil,
    OffsetDateTime createdAt,
    @Nullable String secret) {
  static WebhookView of(Webhook webhook) {
    return view(webhook, null);
  }

  static WebhookView withSecret(Webhook webhook, String secret) {
    return view(webhook, secret);
  }

  private static WebhookView view(Webhook webhook, @Nullable String secret) {
    Optional<Webhook.Pause> pause = Optional.ofNullable(webhook.pause());
    return new WebhookView(
        webhook.publicId().toString(),
        webhook.target().url(),
        webhook.target().events().stream().map(EventType::text).sorted().toList(),
        webhook.state(),
        webhook.client(),
        pause.map(Webhook.Pause::reason).orElse(null),
        pause.map(Webhook.Pause::since).orElse(null),
        webhook.failingSince(),
        webhook.formerUntil(),
        webhook.createdAt(),
        secret);
  }

  @Override
  public String toString() {
    return "WebhookView";
  }
}
