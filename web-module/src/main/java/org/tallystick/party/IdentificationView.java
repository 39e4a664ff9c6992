package org.tallystick.party;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a party has said of itself; one of the two first members is there.
 *
 * @param person a natural person
 * @param organisation an organisation
 * @param edition from 1
 * @param statedAt when it was said
 * @param submittedAt when it was submitted
 * @param approvedAt when two people had found it good
 */
public record IdentificationView(
    Identification.@Nullable Person person,
    Identification.@Nullable Organisation organisation,
    int edition,
    OffsetDateTime statedAt,
    @Nullable OffsetDateTime submittedAt,
    @Nullable OffsetDateTime approvedAt) {
  static IdentificationView of(OwnIdentification own) {
    return new IdentificationView(
        own.said() instanceof Identification.Person person ? person : null,
        own.said() instanceof Identification.Organisation organisation ? organisation : null,
        own.edition(),
        own.statedAt(),
        own.submittedAt(),
        own.approvedAt());
  }

  @Override
  public String toString() {
    return "IdentificationView[...]";
  }
}
