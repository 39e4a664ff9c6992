package org.tallystick.screening;

import java.time.OffsetDateTime;

/**
 * That somebody wants to take a list out of force, and an approver may still agree.
 *
 * @param list its name
 * @param proposedBy who wants it
 * @param reason why
 * @param proposedAt since when
 * @param expiresAt from then on nobody can approve it
 */
public record ProposedRetirement(
    String list,
    String proposedBy,
    String reason,
    OffsetDateTime proposedAt,
    OffsetDateTime expiresAt) {}
