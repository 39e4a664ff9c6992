package org.tallystick.screening;

import java.time.OffsetDateTime;
import org.tallystick.codec.Base64Url;
import org.tallystick.party.Party;

/**
 * A hit without the party's names.
 *
 * @param hit names it in addresses
 * @param registration of the party
 * @param list the target list, or {@link Finding#NO_LIST} for a name that could not be compared
 * @param entity the entry's number in the list
 * @param state what is thought of it
 * @param score how much the names are alike, 0..1
 * @param foundAt when it was found, or found changed
 */
public record HitSummary(
    String hit,
    String registration,
    String list,
    String entity,
    HitState state,
    double score,
    OffsetDateTime foundAt) {
  static HitSummary of(Party party, ScreeningHit hit) {
    return new HitSummary(
        Base64Url.encode(hit.publicId()),
        Base64Url.encode(party.identifiers().registration()),
        hit.list(),
        hit.entity(),
        hit.state(),
        hit.score(),
        hit.foundAt());
  }
}
