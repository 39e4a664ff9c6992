package org.tallystick.screening;

import java.util.List;

/**
 * Whether the bank can screen, and against what.
 *
 * @param possible whether a list is in force and this node's engine is built of all lists in force
 * @param lists the editions in force
 * @param standing how each list stands that is in force or required
 * @param retirements which of them somebody wants to take out of force
 * @param waiting how many parties are to be screened
 * @param openHits how many hits wait for a decision
 */
public record ScreeningOverview(
    boolean possible,
    List<ScreeningEdition> lists,
    List<ListStanding> standing,
    List<ProposedRetirement> retirements,
    long waiting,
    long openHits) {
  /** Copies the lists. */
  public ScreeningOverview {
    standing = List.copyOf(standing);
    retirements = List.copyOf(retirements);
    lists = List.copyOf(lists);
  }
}
