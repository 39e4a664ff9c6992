package org.tallystick.webhook;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event for one webhook.
 *
 * @param id internal number
 * @param publicId the header webhook-id, the same at each attempt
 * @param type of the event
 * @param state where it stands
 * @param attempts of the present round
 * @param nextAt when it is sent next; null unless it is pending
 * @param lastAt when it was sent last; null if never
 * @param lastResult what came of that: an HTTP status, or a word for what went wrong; null if never
 * @param createdAt when it happened
 */
public record Delivery(
    long id,
    UUID publicId,
    String type,
    DeliveryState state,
    int attempts,
    @Nullable OffsetDateTime nextAt,
    @Nullable OffsetDateTime lastAt,
    @Nullable String lastResult,
    OffsetDateTime createdAt) {}
