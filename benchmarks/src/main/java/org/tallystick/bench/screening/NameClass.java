package org.tallystick.bench.screening;

import java.util.Optional;
import java.util.Random;

/** The ways in which a listed name comes in another form. */
enum NameClass {
  EXACT(Arrangements::exact),
  ORDER(Arrangements::order),
  INITIALS(Arrangements::initials),
  TYPING(Typing::change),
  TRANSLITERATION(Romanisation::change),
  JOINED_SPLIT(Joins::change),
  MISSING(Arrangements::missing),
  SCRIPT(Scripts::change);

  /** Makes a form of a name. */
  @FunctionalInterface
  interface Change {
    /** The form, or nothing where this name has none that a person would call the same. */
    Optional<String> of(BaseName base, Knowledge knowledge, Random random);
  }

  private final Change change;

  NameClass(Change change) {
    this.change = change;
  }

  Optional<String> of(BaseName base, Knowledge knowledge, Random random) {
    return change.of(base, knowledge, random);
  }
}
