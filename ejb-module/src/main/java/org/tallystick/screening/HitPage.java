package org.tallystick.screening;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some hits, oldest first.
 *
 * @param hits the page
 * @param next give this back to get the next page; null on the last
 */
public record HitPage(List<HitSummary> hits, @Nullable String next) {
  /** Copies the list. */
  public HitPage {
    hits = List.copyOf(hits);
  }
}
