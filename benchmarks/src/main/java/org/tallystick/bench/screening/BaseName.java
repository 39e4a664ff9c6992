package org.tallystick.bench.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tallystick.screening.EntityKind;
import org.tallystick.screening.ListedEntity;
import org.tallystick.screening.ListedName;
import org.tallystick.screening.NameKind;

/**
 * A listed name that positives are made of.
 *
 * @param list where it stands
 * @param entity whose it is
 * @param text as the list writes it
 * @param given words before the family name; of an organisation, all words
 * @param family words of the family name, where the list tells which they are
 */
record BaseName(
    String list, ListedEntity entity, String text, List<String> given, List<String> family) {
  private static final Pattern USABLE = Pattern.compile("[\\p{IsLatin}' .,&-]+");
  private static final int MOST_WORDS = 8;

  /** A Latin name that is neither weak nor too odd to be asked for. */
  static Optional<BaseName> of(String list, ListedEntity entity, ListedName name) {
    if (name.kind() == NameKind.WEAK_ALIAS || !USABLE.matcher(name.text()).matches()) {
      return Optional.empty();
    }
    boolean person = entity.kind() == EntityKind.PERSON;
    if (!person && entity.kind() != EntityKind.ORGANISATION) {
      return Optional.empty();
    }
    int comma = name.text().indexOf(", ");
    BaseName base =
        person && comma > 0
            ? new BaseName(
                list,
                entity,
                name.text(),
                words(name.text().substring(comma + 2)),
                words(name.text().substring(0, comma)))
            : new BaseName(list, entity, name.text(), words(name.text()), List.of());
    int count = base.words().size();
    return count >= (person ? 2 : 1) && count <= MOST_WORDS ? Optional.of(base) : Optional.empty();
  }

  private static List<String> words(String part) {
    return Stream.of(part.strip().split("[ ,]+"))
        .filter(word -> !word.isEmpty())
        .map(Plain::title)
        .toList();
  }

  boolean isPerson() {
    return entity.kind() == EntityKind.PERSON;
  }

  /** In the order in which people say it: given names first. */
  List<String> words() {
    List<String> words = new ArrayList<>(given);
    words.addAll(family);
    return words;
  }

  /** Whether any line of the entry's details has one of these words. */
  boolean isOf(String... places) {
    return entity.details().stream().anyMatch(line -> Stream.of(places).anyMatch(line::contains));
  }
}
