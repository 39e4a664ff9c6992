package org.tallystick.bench.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tallystick.bench.screening.LabelledSet.Positive;
import org.tallystick.screening.ListedEntity;
import org.tallystick.screening.ListedName;
import org.tallystick.screening.NameKind;
import org.tallystick.screening.TargetList;

/** Faults put in on purpose, each of which must miss a bound. */
enum Plant {
  NONE,
  /** Each positive is said to mean the entry of the next one. */
  SHUFFLED_LABELS,
  /** The index lacks all names but the primary ones. */
  NO_ALIASES,
  /** Every word of a listed name is a name of its own. */
  WORDS_AS_NAMES;

  /** As it is written on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  List<TargetList> spoil(List<TargetList> lists) {
    return lists.stream()
        .map(
            list -> new TargetList(list.name(), list.entities().stream().map(this::spoil).toList()))
        .toList();
  }

  private ListedEntity spoil(ListedEntity entity) {
    List<ListedName> names =
        switch (this) {
          case NO_ALIASES -> entity.names().subList(0, 1);
          case WORDS_AS_NAMES ->
              Stream.concat(
                      entity.names().stream(),
                      entity.names().stream()
                          .flatMap(name -> Plain.words(name.text()).stream())
                          .map(word -> new ListedName(word, NameKind.ALIAS)))
                  .toList();
          default -> entity.names();
        };
    return new ListedEntity(entity.id(), entity.kind(), names, entity.details());
  }

  List<Positive> spoilLabels(List<Positive> positives) {
    if (this != SHUFFLED_LABELS) {
      return positives;
    }
    List<Positive> shuffled = new ArrayList<>();
    for (int i = 0; i < positives.size(); i++) {
      Positive own = positives.get(i);
      Positive next = positives.get((i + 1) % positives.size());
      shuffled.add(
          new Positive(
              own.nameClass(), next.list(), next.entity(), own.kind(), own.listed(), own.asked()));
    }
    return shuffled;
  }
}
