package org.tallystick.screening;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** All listed names, and in which of them a word or words written together occur. */
final class NameIndex {
  private static final System.Logger LOG = System.getLogger(NameIndex.class.getName());
  private static final int[] NONE = {};

  /** Sounds, or consonants, of the shortest word that is looked for in more than one. */
  private static final int SHORTEST_SPAN = 3;

  /** Words that are looked up as if they were written together. */
  private static final int SPAN = 3;

  private static final int ABBREVIATION = 6;

  final WordIndex dictionary = new WordIndex();
  final Weights weights;
  private final List<IndexedName> names = new ArrayList<>();
  private final List<ListedName> leftOut = new ArrayList<>();
  private final int[][] withWord;
  private final Map<String, int[]> withSpan = new HashMap<>();
  private final double[] totals;
  private final double[] wordWeights;

  NameIndex(List<TargetList> lists, CustomerCorpus customers) {
    List<Set<Word>> entities = new ArrayList<>();
    for (TargetList list : lists) {
      for (ListedEntity entity : list.entities()) {
        Set<Word> words = new HashSet<>();
        for (ListedName name : entity.names()) {
          add(list.name(), entity, name, words);
        }
        entities.add(words);
      }
    }
    weights = new Weights(entities, customers);
    dictionary.close();
    wordWeights =
        IntStream.range(0, dictionary.size())
            .mapToDouble(id -> weights.of(dictionary.word(id)))
            .toArray();
    totals =
        names.stream()
            .mapToDouble(name -> Arrays.stream(name.ids()).mapToDouble(this::weight).sum())
            .toArray();
    int[] counts = new int[dictionary.size()];
    names.forEach(name -> Arrays.stream(name.ids()).distinct().forEach(id -> counts[id]++));
    withWord = new int[counts.length][];
    for (int id = 0; id < counts.length; id++) {
      withWord[id] = new int[counts[id]];
    }
    Map<String, List<Integer>> spans = new HashMap<>();
    for (int at = names.size() - 1; at >= 0; at--) {
      for (int id : Arrays.stream(names.get(at).ids()).distinct().toArray()) {
        withWord[id][--counts[id]] = at;
      }
      int number = at;
      spanKeys(names.get(at).words())
          .forEach(key -> spans.computeIfAbsent(key, k -> new ArrayList<>()).add(number));
    }
    spans.forEach((key, in) -> withSpan.put(key, in.stream().mapToInt(i -> i).sorted().toArray()));
  }

  private void add(String list, ListedEntity entity, ListedName name, Set<Word> words) {
    List<List<Word>> readings;
    try {
      readings = NameReader.read(name.text());
    } catch (UnreadableName e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a name of {0} {1} is left out: {2}",
          list,
          entity.id(),
          e.obstacle());
      leftOut.add(name);
      return;
    }
    List<Word> reading = readings.get(0);
    if (entity.kind() == EntityKind.ORGANISATION || entity.kind() == EntityKind.UNKNOWN) {
      List<Word> core = LegalForms.removed(reading);
      reading = core.isEmpty() ? reading : core;
    }
    words.addAll(reading);
    names.add(
        new IndexedName(
            list, entity, name, reading, reading.stream().mapToInt(dictionary::add).toArray()));
  }

  private static Set<String> spanKeys(List<Word> words) {
    Set<String> keys = new HashSet<>();
    for (int from = 0; from < words.size(); from++) {
      for (int length = 2; length <= span(words, from); length++) {
        for (Word word : together(words.subList(from, from + length))) {
          keys.addAll(spanKeys(word));
        }
      }
    }
    return keys;
  }

  /** The words as one, with the articles between them and without: Abdalrahman, Abdurrahman. */
  static List<Word> together(List<Word> words) {
    Word all = joined(words);
    int last = words.size() - 1;
    if (words.subList(1, last).stream().noneMatch(Weights::article)) {
      return List.of(all);
    }
    return List.of(all, joined(List.of(words.get(0), words.get(last))));
  }

  private static Word joined(List<Word> words) {
    StringBuilder text = new StringBuilder();
    boolean consonantal = false;
    for (Word word : words) {
      text.append(word.text());
      consonantal |= word.consonantal();
    }
    return Word.of(text.toString(), consonantal);
  }

  /** How many words from there on may be one: letters of an abbreviation, or a few words. */
  static int span(List<Word> words, int from) {
    int letters = from;
    while (letters < words.size() && words.get(letters).initial()) {
      letters++;
    }
    int few = Math.min(SPAN, words.size() - from);
    return Math.max(few, Math.min(ABBREVIATION, letters - from));
  }

  /** By what a word of many letters is found: its sound, and its consonants. */
  private static List<String> spanKeys(Word word) {
    List<String> keys = new ArrayList<>(2);
    if (word.voiceless().length() >= SHORTEST_SPAN) {
      keys.add(word.voiceless());
    }
    if (word.key().length() >= SHORTEST_SPAN) {
      keys.add("=" + word.key());
    }
    return keys;
  }

  /** Whether the two could be found by each other. */
  static boolean mayBeOne(Word one, Word other) {
    return one.voiceless().equals(other.voiceless()) || one.key().equals(other.key());
  }

  List<ListedName> leftOut() {
    return List.copyOf(leftOut);
  }

  int size() {
    return names.size();
  }

  IndexedName name(int at) {
    return names.get(at);
  }

  /** Of a listed word, by its number. */
  double weight(int id) {
    return wordWeights[id];
  }

  /** Sum of the weights of its words. */
  double total(int at) {
    return totals[at];
  }

  int[] withWord(int id) {
    return withWord[id];
  }

  /** Names with words that, written together, may sound like this one. */
  int[] withSpan(Word word) {
    return spanKeys(word).stream()
        .flatMapToInt(key -> Arrays.stream(withSpan.getOrDefault(key, NONE)))
        .sorted()
        .distinct()
        .toArray();
  }
}
