package org.tallystick.it;

import java.util.Arrays;
import java.util.Set;

/** What a caller is answered: the letters of ACCESS.md. */
enum AccessCell {
  /** It is done. */
  YES("yes", Set.of(200, 201, 202, 204)),
  /** Let in; what the test sends is refused for its content or for the state of the thing. */
  IN("in", Set.of(400, 409, 412, 415, 422)),
  /** Not known. */
  NO_CREDENTIAL("401", Set.of(401)),
  /** Known, and not permitted. */
  NOT_PERMITTED("403", Set.of(403)),
  /** As if nothing were there: byte for byte what is answered where nothing is. */
  NOTHING_THERE("404", Set.of(404)),
  /** Not asked; only for devices, which have no credential that a request carries. */
  AS_NOBODY("·", Set.of());

  private final String text;
  private final Set<Integer> statuses;

  AccessCell(String text, Set<Integer> statuses) {
    this.text = text;
    this.statuses = statuses;
  }

  static AccessCell of(String text) {
    return Arrays.stream(values())
        .filter(cell -> cell.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("ACCESS.md has a cell '" + text + "'"));
  }

  boolean allows(int status) {
    return statuses.contains(status);
  }

  @Override
  public String toString() {
    return text;
  }
}
