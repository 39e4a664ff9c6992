package org.tallystick.party;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.tallystick.party.Identification.Address;
import org.tallystick.party.Identification.Organisation;
import org.tallystick.party.Identification.Owner;
import org.tallystick.party.Identification.Paper;
import org.tallystick.party.Identification.PaperKind;
import org.tallystick.party.Identification.Person;
import org.tallystick.party.Identification.Representative;

/** Lets the fuzzer reach the form in which identifications are sealed. */
@NullMarked
public final class IdentificationDoor {
  private static final LocalDate DAY = LocalDate.of(1990, 12, 10);
  private static final Address ADDRESS =
      new Address(List.of("1 Main Street"), "Springfield", "OR", "97477", "US");

  private IdentificationDoor() {}

  /** Reads one. */
  public static Identification decode(byte[] bytes) {
    return IdentificationForm.decode(bytes);
  }

  /** Writes one. */
  public static byte[] encode(Identification identification) {
    return IdentificationForm.encode(identification);
  }

  /** A person's. */
  public static byte[] person() {
    Paper paper = new Paper(PaperKind.PASSPORT, "1", "US", DAY);
    return encode(new Person("Ada", "Byron", DAY, ADDRESS, "US", paper, "+15415550100"));
  }

  /** An organisation's. */
  public static byte[] organisation() {
    return encode(
        new Organisation(
            "Engines",
            "1",
            "US",
            "Inc.",
            ADDRESS,
            List.of(new Owner("Ada", DAY, "US", 10_000)),
            List.of(new Representative("Ada", DAY, "US"))));
  }
}
