package org.tallystick.wallet;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some searches by number, newest first.
 *
 * @param searches the page
 * @param next give this back to get the next page; null on the last
 */
public record SearchPage(List<Search> searches, @Nullable String next) {
  /** Copies the list. */
  public SearchPage {
    searches = List.copyOf(searches);
  }

  /**
   * A search that somebody made.
   *
   * @param number its number
   * @param actor who
   * @param reason why
   * @param form CARD, IBAN or US
   * @param found how many instruments there were
   * @param at when
   */
  public record Search(
      long number, String actor, String reason, String form, int found, OffsetDateTime at) {}
}
