package org.tallystick.screening;

import java.util.List;

/**
 * All of a hit.
 *
 * @param summary without names
 * @param finding what was found
 * @param decisions the oldest first
 * @param version counts its changes
 */
public record OpenedHit(
    HitSummary summary, Finding finding, List<DecisionLine> decisions, int version) {
  /** Copies the list. */
  public OpenedHit {
    decisions = List.copyOf(decisions);
  }
}
