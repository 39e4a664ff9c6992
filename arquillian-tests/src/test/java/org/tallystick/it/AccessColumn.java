package org.tallystick.it;

import java.util.Arrays;

/** Who asks: the columns of ACCESS.md, by what stands above them there. */
enum AccessColumn {
  NOBODY("nobody"),
  PARTY("party"),
  OTHER_PARTY("other party"),
  DEVICE("device"),
  CLERK("clerk"),
  APPROVER("approver"),
  ADMINISTRATOR("admin"),
  AUDITOR("auditor"),
  OWN_CLERK("own clerk"),
  OWN_APPROVER("own approver"),
  OWN_LOCAL("own local"),
  OWN_AUDITOR("own auditor"),
  FOREIGN_STAFF("foreign staff"),
  PROGRAM_REGISTRATIONS("program R"),
  PROGRAM_TRANSACTIONS("program T"),
  PROGRAM_WEBHOOKS("program W"),
  FOREIGN_PROGRAM("foreign program");

  private final String heading;

  AccessColumn(String heading) {
    this.heading = heading;
  }

  static AccessColumn of(String heading) {
    return Arrays.stream(values())
        .filter(column -> column.heading.equals(heading))
        .findFirst()
        .orElseThrow(() -> new AssertionError("ACCESS.md has a column for '" + heading + "'"));
  }

  /** Whether it is one of whom nothing of the institution may be seen. */
  boolean isForeign() {
    return this == FOREIGN_STAFF || this == FOREIGN_PROGRAM;
  }
}
