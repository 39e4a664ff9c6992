package org.tallystick.webhook;

import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address of a partner bank to which events are sent.
 *
 * @param id internal number
 * @param publicId names it in addresses
 * @param institution internal number of the institution whose it is
 * @param client client identifier of the program that set it up last
 * @param target where to send what
 * @param pause why and since when it is paused; null while it is active
 * @param failingSince of the first failure since the last success; null where there was none
 * @param formerUntil until when the secret before signs too; null where none does
 * @param createdAt since when it is there
 * @param version goes up with each change
 */
public record Webhook(
    long id,
    UUID publicId,
    long institution,
    String client,
    Target target,
    @Nullable Pause pause,
    @Nullable OffsetDateTime failingSince,
    @Nullable OffsetDateTime formerUntil,
    OffsetDateTime createdAt,
    int version) {
  /**
   * Where to send what.
   *
   * @param url as it was given
   * @param events of which it hears
   */
  public record Target(String url, Set<EventType> events) {
    /** Copies the events. */
    public Target {
      events = Set.copyOf(events);
    }
  }

  /**
   * Why nothing is sent.
   *
   * @param reason why
   * @param since when it began
   */
  public record Pause(PauseReason reason, OffsetDateTime since) {}

  /** Whether anything is sent. */
  public WebhookState state() {
    return pause == null ? WebhookState.ACTIVE : WebhookState.PAUSED;
  }
}
