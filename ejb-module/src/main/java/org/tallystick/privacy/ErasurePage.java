package org.tallystick.privacy;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/**
 * Some erasures, newest first.
 *
 * @param erasures the page
 * @param next give this back to get the next page; null on the last
 */
public record ErasurePage(List<Line> erasures, @Nullable String next) {
  /** Copies the list. */
  public ErasurePage {
    erasures = List.copyOf(erasures);
  }

  /**
   * One erasure.
   *
   * @param number its number
   * @param registration what named the party in addresses
   * @param proposedBy who proposed
   * @param confirmedBy who confirmed
   * @param reason why
   * @param deleted how many rows went
   * @param emptied how many rows stay, without what was personal in them
   * @param at when
   */
  public record Line(
      long number,
      String registration,
      String proposedBy,
      String confirmedBy,
      String reason,
      int deleted,
      int emptied,
      OffsetDateTime at) {
    static Line of(Erasure erasure) {
      return new Line(
          erasure.id(),
          Base64Url.encode(erasure.registration()),
          erasure.word().proposedBy(),
          erasure.word().confirmedBy(),
          erasure.word().reason(),
          erasure.rows().deleted(),
          erasure.rows().emptied(),
          erasure.at());
    }
  }
}
