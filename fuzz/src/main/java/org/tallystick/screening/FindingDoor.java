package org.tallystick.screening;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Lets the fuzzer reach the form in which findings are sealed. */
@NullMarked
public final class FindingDoor {
  private FindingDoor() {}

  /** Reads one. */
  public static Finding decode(byte[] bytes) {
    return Finding.decode(bytes);
  }

  /** Writes one. */
  public static byte[] encode(Finding finding) {
    return finding.encode();
  }

  /** Whether both say the same of the listed entry. */
  public static boolean sameEntry(Finding one, Finding other) {
    return Arrays.equals(one.entryHash(), other.entryHash());
  }

  /** A name that was found. */
  public static byte[] found() {
    ListedName name = new ListedName("TORRE, Juan", NameKind.PRIMARY);
    TermMatch term = new TermMatch("torre", "torre", TermMatch.Way.SAME, 0.5, 1);
    return new Finding(
            "NAME",
            "Juan Torre",
            null,
            name.text(),
            new ListedEntity("1", EntityKind.PERSON, List.of(name), List.of("DOB 1950")),
            List.of(term))
        .encode();
  }

  /** A name that could not be compared. */
  public static byte[] unread() {
    return new Finding("OWNER 1", "?", Obstacle.NOTHING_TO_COMPARE, null, null, List.of()).encode();
  }
}
