package org.tallystick.party;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a party has said of itself.
 *
 * @param edition which, from 1
 * @param said opened
 * @param statedAt when it was said
 * @param submittedAt when it was submitted
 * @param approvedAt when two people had found it good
 */
public record OwnIdentification(
    int edition,
    Identification said,
    OffsetDateTime statedAt,
    @Nullable OffsetDateTime submittedAt,
    @Nullable OffsetDateTime approvedAt) {
  @Override
  public String toString() {
    return "OwnIdentification(" + edition + ")";
  }
}
