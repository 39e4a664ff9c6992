package org.tallystick.webhook;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as programs see it.
 *
 * @param delivery the header webhook-id
 * @param type of the event
 * @param state where it stands
 * @param attempts of the present round
 * @param nextAt when it is sent next; absent unless it is pending
 * @param lastAt when it was sent last; absent if never
 * @param lastResult what came of that, HTTP_ and the status or a word; absent if never
 * @param createdAt when it happened
 */
public record DeliveryView(
    String delivery,
    String type,
    DeliveryState state,
    int attempts,
    @Nullable OffsetDateTime nextAt,
    @Nullable OffsetDateTime lastAt,
    @Nullable String lastResult,
    OffsetDateTime createdAt) {
  static DeliveryView of(Delivery delivery) {
    return new DeliveryView(
        delivery.publicId().toString(),
        delivery.type(),
        delivery.state(),
        delivery.attempts(),
        delivery.nextAt(),
        delivery.lastAt(),
        delivery.lastResult(),
        delivery.createdAt());
  }
}
