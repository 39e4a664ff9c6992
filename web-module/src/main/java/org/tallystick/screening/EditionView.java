package org.tallystick.screening;

import java.time.OffsetDateTime;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A list in force.
 *
 * @param list which
 * @param format in which it came
 * @param sha256 of the bytes that were loaded, hexadecimal as publishers print it
 * @param entries how many entries it has
 * @param names how many names they have together
 * @param loadedBy who loaded it
 * @param loadedAt when
 * @param shrinkReason why it may be much shorter than the one before
 */
public record EditionView(
    String list,
    String format,
    String sha256,
    int entries,
    int names,
    String loadedBy,
    OffsetDateTime loadedAt,
    @Nullable String shrinkReason) {
  static EditionView of(ScreeningEdition edition) {
    return new EditionView(
        edition.list(),
        edition.format(),
        HexFormat.of().formatHex(edition.sha256()),
        edition.entries(),
        edition.names(),
        edition.loadedBy(),
        edition.loadedAt(),
        edition.shrinkReason());
  }
}
