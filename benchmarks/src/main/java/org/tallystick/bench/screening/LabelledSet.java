package org.tallystick.bench.screening;

import java.util.List;
import org.tallystick.screening.EntityKind;

/**
 * Names with what should be said of them.
 *
 * @param positives names that mean an entry
 * @param negatives names that mean none
 */
record LabelledSet(List<Positive> positives, List<Negative> negatives) {
  /** A form of a listed name, and whose it is. */
  record Positive(
      NameClass nameClass,
      String list,
      String entity,
      EntityKind kind,
      String listed,
      String asked) {}

  /** A name that is on no list. */
  record Negative(EntityKind kind, String asked) {}
}
