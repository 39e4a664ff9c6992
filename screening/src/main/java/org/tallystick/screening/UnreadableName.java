package org.tallystick.screening;

/** A letter of the name has no way to Latin letters. */
final class UnreadableName extends Exception {
  private static final long serialVersionUID = 1;

  UnreadableName() {
    super("a letter has no way to Latin letters");
  }
}
