package org.tallystick.screening;

import java.util.List;

/**
 * An entry that may be meant.
 *
 * @param list name of the target list
 * @param entity the entry
 * @param name the one of its names that is most like the query
 * @param score 0..1; 1 is the same name. From {@link Screener#THRESHOLD} on it is a hit
 * @param explanation which words of the query met which of the listed name, the weightiest first;
 *     then the words of either that met none
 */
public record Match(
    String list, ListedEntity entity, ListedName name, double score, List<TermMatch> explanation) {
  /** Copies the list. */
  public Match {
    explanation = List.copyOf(explanation);
  }
}
