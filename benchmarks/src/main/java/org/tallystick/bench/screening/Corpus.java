package org.tallystick.bench.screening;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** One file of words written by hand: lines that begin with what their words are. */
record Corpus(String name, Map<String, Ranked> words) {
  /** Cultures whose names people bear, those with the hardest names among them. */
  static final List<String> CULTURES =
      List.of(
          "english",
          "german",
          "french",
          "italian",
          "spanish",
          "portuguese",
          "russian",
          "polish",
          "turkish",
          "arabic",
          "persian",
          "chinese",
          "korean",
          "indian",
          "japanese",
          "african",
          "southeast");

  static List<Corpus> people() {
    return CULTURES.stream().map(name -> read(name, "names/" + name + ".txt")).toList();
  }

  static Corpus companies() {
    return read("companies", "companies.txt");
  }

  private static Corpus read(String name, String resource) {
    Map<String, Ranked> words = new LinkedHashMap<>();
    for (String line : Plain.lines(resource)) {
      List<String> parts = Arrays.asList(line.split(" "));
      words.put(parts.get(0), new Ranked(parts.subList(1, parts.size())));
    }
    return new Corpus(name, words);
  }

  Ranked of(String part) {
    return Objects.requireNonNull(words.get(part), part);
  }

  boolean has(String part) {
    return words.containsKey(part);
  }

  /** Every word of people's names, in plain form: what a rare name is not made of. */
  static Set<String> commonWords() {
    Set<String> common = new HashSet<>();
    Stream.concat(people().stream(), Stream.of(companies()))
        .flatMap(corpus -> corpus.words.values().stream())
        .flatMap(ranked -> ranked.words().stream())
        .forEach(word -> common.addAll(Plain.words(word)));
    return common;
  }
}
