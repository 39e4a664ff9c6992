package org.tallystick.screening;

import java.time.OffsetDateTime;

/**
 * What was decided once on a hit.
 *
 * @param decision OPEN where a record has changed since
 * @param actor by whom
 * @param note why
 * @param at when
 */
public record DecisionLine(HitState decision, String actor, String note, OffsetDateTime at) {
  @Override
  public String toString() {
    return "DecisionLine(" + decision + ", " + at + ")";
  }
}
