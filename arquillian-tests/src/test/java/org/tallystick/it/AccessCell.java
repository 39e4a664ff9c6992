package org.tallystick.it;

import java.util.Arrays;

/** What a caller is answered: the words of ACCESS.md. */
enum AccessCell {
  /** It is done. */
  YES("yes"),
  /** Let in; what the test sends is refused for its content or for the state of the thing. */
  IN("in"),
  /** Not known. */
  NO_CREDENTIAL("401"),
  /** Known, and not permitted. */
  NOT_PERMITTED("403"),
  /** As if nothing were there: byte for byte what is answered where nothing is. */
  NOTHING_THERE("404"),
  /** Not asked; only for devices, which have no credential that a request carries. */
  NOT_ASKED("·");

  private final String text;

  AccessCell(String text) {
    this.text = text;
  }

  static AccessCell of(String text) {
    return Arrays.stream(values())
        .filter(cell -> cell.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("ACCESS.md has a cell '" + text + "'"));
  }

  boolean allows(int status) {
    return switch (status) {
      case 200, 201, 202, 204 -> this == YES;
      case 400, 409, 412, 415, 422 -> this == IN;
      case 401 -> this == NO_CREDENTIAL;
      case 403 -> this == NOT_PERMITTED;
      case 404 -> this == NOTHING_THERE;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
