package org.tallystick.screening;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the bank can screen, and against what.
 *
 * @param possible whether a list is in force and this node's engine is built of all lists in force
 * @param lists the editions in force
 * @param waiting how many parties are to be screened; null for who works for an institution
 * @param openHits how many hits wait for a decision; null for who works for an institution
 */
public record ScreeningOverview(
    boolean possible,
    List<ScreeningEdition> lists,
    @Nullable Long waiting,
    @Nullable Long openHits) {
  /** Copies the list. */
  public ScreeningOverview {
    lists = List.copyOf(lists);
  }
}
