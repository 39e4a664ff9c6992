package org.tallystick.webhook;

import org.jspecify.annotations.Nullable;

/**
 * What a webhook's deliveries are signed with, sealed.
 *
 * @param present the one that was shown last
 * @param former the one before, while it signs too; else null
 */
public record SealedSecrets(byte[] present, byte @Nullable [] former) {}
