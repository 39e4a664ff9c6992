package org.tallystick.screening.list;

/**
 * A file is not the list that it should be. Nothing of it may be used: a list that was read in part
 * would let pass whom the rest names.
 */
public final class ListRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * Refuses a file at a place.
   *
   * @param file which one, as the format names it
   * @param line where, counted from 1
   * @param reason in plain words, for the person who loads lists
   */
  ListRefusedException(String file, long line, String reason) {
    super(file + ", line " + line + ": " + reason);
  }

  /** Refuses a file, or all, as a whole. */
  ListRefusedException(String file, String reason) {
    super(file + ": " + reason);
  }
}
