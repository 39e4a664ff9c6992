package org.tallystick.party;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some parties, oldest first.
 *
 * @param parties the page
 * @param next give this back to get the next page; null on the last
 */
public record PartyPage(List<Party> parties, @Nullable String next) {
  /** Copies the list. */
  public PartyPage {
    parties = List.copyOf(parties);
  }
}
