package org.tallystick.bench.screening;

import java.util.Optional;
import java.util.Random;

/** The ways in which a listed name comes in another form. */
enum NameClass {
  EXACT,
  ORDER,
  INITIALS,
  TYPING,
  TRANSLITERATION,
  JOINED_SPLIT,
  MISSING,
  SCRIPT;

  /** The form, or nothing where this name has none that a person would call the same. */
  Optional<String> of(BaseName base, Knowledge knowledge, Random random) {
    return switch (this) {
      case EXACT -> Arrangements.exact(base, knowledge, random);
      case ORDER -> Arrangements.order(base, knowledge, random);
      case INITIALS -> Arrangements.initials(base, knowledge, random);
      case TYPING -> Typing.change(base, knowledge, random);
      case TRANSLITERATION -> Romanisation.change(base, knowledge, random);
      case JOINED_SPLIT -> Joins.change(base, knowledge, random);
      case MISSING -> Arrangements.missing(base, knowledge, random);
      case SCRIPT -> Scripts.change(base, knowledge, random);
    };
  }
}
