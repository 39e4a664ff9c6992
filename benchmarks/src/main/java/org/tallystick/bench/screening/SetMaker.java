package org.tallystick.bench.screening;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.tallystick.bench.screening.LabelledSet.Negative;
import org.tallystick.bench.screening.LabelledSet.Positive;
import org.tallystick.screening.EntityKind;
import org.tallystick.screening.ListedEntity;
import org.tallystick.screening.TargetList;

/** Makes labelled sets: the same lists and seed give the same set, byte for byte. */
final class SetMaker {
  /** How many of each: positives of a class, people and companies on no list. */
  record Sizes(int ofClass, int people, int companies) {
    static final Sizes USUAL = new Sizes(300, 14_000, 6_000);
  }

  /** Two people in three positives of a class, where it has both. */
  private static final double PEOPLE_SHARE = 0.7;

  private static final int TRIES = 200;

  private final List<TargetList> lists;
  private final Knowledge knowledge;
  private final Split split;

  SetMaker(List<TargetList> lists) {
    this.lists = lists;
    knowledge = new Knowledge(lists);
    split = new Split(lists);
  }

  LabelledSet make(long seed, Split.Side side, Sizes sizes) {
    List<Positive> positives = new ArrayList<>();
    for (NameClass nameClass : NameClass.values()) {
      positives.addAll(positives(nameClass, seed, side, sizes.ofClass));
    }
    Set<String> taken = new HashSet<>();
    positives.forEach(positive -> taken.add(Plain.key(positive.asked())));
    List<Negative> negatives = new ArrayList<>();
    OrdinaryPeople people = new OrdinaryPeople();
    negatives(
        EntityKind.PERSON,
        people::draw,
        new Random(seed + 1),
        side,
        sizes.people,
        taken,
        negatives);
    OrdinaryCompanies companies = new OrdinaryCompanies();
    negatives(
        EntityKind.ORGANISATION,
        companies::draw,
        new Random(seed + 2),
        side,
        sizes.companies,
        taken,
        negatives);
    return new LabelledSet(List.copyOf(positives), List.copyOf(negatives));
  }

  /** At most one of each entry, from its entries in an order drawn by lot. */
  @SuppressWarnings(
      "EnumOrdinal") // part of the seed: another order is another set, and a test notices
  private List<Positive> positives(NameClass nameClass, long seed, Split.Side side, int count) {
    Random random = new Random(seed * 31 + nameClass.ordinal());
    List<List<BaseName>> entries = entries(side);
    Collections.shuffle(entries, random);
    List<Positive> people = new ArrayList<>();
    List<Positive> organisations = new ArrayList<>();
    for (List<BaseName> names : entries) {
      BaseName base = names.get(random.nextInt(names.size()));
      if (!knowledge.identifies(base.words())) {
        continue;
      }
      Optional<String> form = nameClass.of(base, knowledge, random);
      if (form.isPresent()) {
        (base.isPerson() ? people : organisations)
            .add(
                new Positive(
                    nameClass,
                    base.list(),
                    base.entity().id(),
                    base.entity().kind(),
                    base.text(),
                    form.get()));
      }
    }
    int wanted = Math.max((int) (count * PEOPLE_SHARE), count - organisations.size());
    List<Positive> chosen = new ArrayList<>(people.subList(0, Math.min(wanted, people.size())));
    chosen.addAll(organisations.subList(0, Math.min(count - chosen.size(), organisations.size())));
    return chosen;
  }

  private List<List<BaseName>> entries(Split.Side side) {
    List<List<BaseName>> entries = new ArrayList<>();
    for (TargetList list : lists) {
      for (ListedEntity entity : list.entities()) {
        if (split.of(list.name(), entity.id()) == side) {
          List<BaseName> names =
              entity.names().stream()
                  .flatMap(name -> BaseName.of(list.name(), entity, name).stream())
                  .toList();
          if (!names.isEmpty()) {
            entries.add(names);
          }
        }
      }
    }
    return entries;
  }

  /** Draws a name. */
  @FunctionalInterface
  private interface Draw {
    String draw(Random random);
  }

  private void negatives(
      EntityKind kind,
      Draw draw,
      Random random,
      Split.Side side,
      int count,
      Set<String> taken,
      List<Negative> negatives) {
    long left = (long) count * TRIES;
    int found = 0;
    while (found < count) {
      if (left-- == 0) {
        throw new IllegalStateException("the corpora are too small");
      }
      String name = draw.draw(random);
      String key = Plain.key(name);
      if (Split.ofKey(key) == side && !knowledge.isListed(name) && taken.add(key)) {
        negatives.add(new Negative(kind, name));
        found++;
      }
    }
  }
}
