package org.tallystick.screening.list;

/**
 * How large a list may be. What a clerk reads (details) is cut at its limits, all else beyond them
 * refuses the list.
 *
 * @param totalBytes of all its files together
 * @param entries of the list
 * @param names of one entry, the primary one among them
 * @param nameLength characters (UTF-16) of one name
 * @param details lines of one entry
 * @param detailLength characters (UTF-16) of one line
 * @param parts XML elements and attributes, or CSV columns, of one entry's record
 * @param depth XML elements inside each other
 */
public record ListLimits(
    int totalBytes,
    int entries,
    int names,
    int nameLength,
    int details,
    int detailLength,
    int parts,
    int depth) {
  /** Bytes that the files of a list may have. */
  public static final int TOTAL_BYTES = 64 << 20;

  /** Five times what the longest published list needs, and more. */
  public static final ListLimits USUAL =
      new ListLimits(TOTAL_BYTES, 100_000, 1_000, 1_000, 200, 2_000, 50_000, 16);
}
