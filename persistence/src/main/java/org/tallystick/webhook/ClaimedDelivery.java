package org.tallystick.webhook;

import java.util.UUID;

/**
 * A delivery that a node has taken to send it.
 *
 * @param id internal number
 * @param publicId the header webhook-id
 * @param webhook internal number of where it goes
 * @param webhookPublicId names that in addresses
 * @param url where it goes
 * @param body what is sent, JSON
 * @param attempts with this one
 * @param turn shows when it is settled whether it is still this node's
 * @param secrets sealed
 */
public record ClaimedDelivery(
    long id,
    UUID publicId,
    long webhook,
    UUID webhookPublicId,
    String url,
    String body,
    int attempts,
    int turn,
    SealedSecrets secrets) {}
