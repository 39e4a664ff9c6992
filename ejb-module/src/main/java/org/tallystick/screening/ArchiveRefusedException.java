package org.tallystick.screening;

/** An archive is not one of a list; nothing of it may be used. */
final class ArchiveRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param reason in plain words, for the person who loads lists
   */
  ArchiveRefusedException(String reason) {
    super(reason);
  }
}
