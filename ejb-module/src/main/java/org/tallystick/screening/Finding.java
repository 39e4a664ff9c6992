package org.tallystick.screening;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Sha256;

/**
 * What a clerk reads of a hit: which of the party's names met which entry, and how. Kept sealed as
 * a CBOR map with integer keys, for it holds a name of the party.
 *
 * @param part which of the party's names
 * @param name as the party gave it
 * @param obstacle why the name could not be compared, or null where it was
 * @param listedName the entry's name that is most like it, or null
 * @param entry what is listed, or null
 * @param explanation which words met which, the weightiest first
 */
public record Finding(
    String part,
    String name,
    @Nullable Obstacle obstacle,
    @Nullable String listedName,
    @Nullable ListedEntity entry,
    List<TermMatch> explanation) {
  /** List of names that could not be compared, in place of a target list's name. */
  public static final String NO_LIST = "NONE";

  private static final int VERSION = 1;
  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_TEXT = 8_192;

  /** Percentages of a weight or similarity are kept to hundredths. */
  private static final double SCALE = 10_000;

  /** Copies the list. */
  public Finding {
    explanation = List.copyOf(explanation);
  }

  static Finding of(Subject subject, Match match) {
    return new Finding(
        subject.part(),
        subject.name(),
        null,
        match.name().text(),
        match.entity(),
        match.explanation());
  }

  static Finding of(Subject subject, Obstacle obstacle) {
    return new Finding(subject.part(), subject.name(), obstacle, null, null, List.of());
  }

  /** Of what the list says of the entry; another one says that the entry is not what it was. */
  byte[] entryHash() {
    Cbor what = entry == null ? Cbor.of(part + "/" + obstacle) : encoded(entry);
    return Sha256.of(what.encode());
  }

  byte[] encode() {
    Cbor.MapBuilder map =
        Cbor.map().put(0, Cbor.of(VERSION)).put(1, Cbor.of(part)).put(2, Cbor.of(name));
    if (obstacle != null) {
      map.put(3, Cbor.of(obstacle.name()));
    }
    if (listedName != null) {
      map.put(4, Cbor.of(listedName));
    }
    if (entry != null) {
      map.put(5, encoded(entry));
    }
    map.put(6, Cbor.array(explanation.stream().map(Finding::encoded).toList()));
    return map.build().encode();
  }

  /** What this class has encoded; the seal has shown that nobody else did. */
  static Finding decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes, MAX_BYTES));
    map.integer(0, VERSION, VERSION);
    Finding found =
        new Finding(
            map.text(1, MAX_TEXT),
            map.text(2, MAX_TEXT),
            map.optional(3).map(text -> Obstacle.valueOf(text.asText(MAX_TEXT))).orElse(null),
            map.optional(4).map(text -> text.asText(MAX_TEXT)).orElse(null),
            map.optional(5).map(Finding::entity).orElse(null),
            map.value(6).asArray().stream().map(Finding::term).toList());
    map.end();
    return found;
  }

  private static Cbor encoded(ListedEntity entity) {
    return Cbor.array(
        Cbor.of(entity.id()),
        Cbor.of(entity.kind().name()),
        Cbor.array(
            entity.names().stream()
                .map(name -> Cbor.array(Cbor.of(name.text()), Cbor.of(name.kind().name())))
                .toList()),
        Cbor.array(entity.details().stream().map(Cbor::of).toList()));
  }

  private static ListedEntity entity(Cbor value) {
    List<Cbor> items = value.asArray(4);
    return new ListedEntity(
        items.get(0).asText(MAX_TEXT),
        EntityKind.valueOf(items.get(1).asText(MAX_TEXT)),
        items.get(2).asArray().stream().map(Finding::name).toList(),
        items.get(3).asArray().stream().map(line -> line.asText(MAX_TEXT)).toList());
  }

  private static ListedName name(Cbor value) {
    List<Cbor> items = value.asArray(2);
    return new ListedName(
        items.get(0).asText(MAX_TEXT), NameKind.valueOf(items.get(1).asText(MAX_TEXT)));
  }

  private static Cbor encoded(TermMatch term) {
    return Cbor.array(
        Cbor.of(term.queried()),
        Cbor.of(term.listed()),
        Cbor.of(term.way().name()),
        Cbor.of(Math.round(term.weight() * SCALE)),
        Cbor.of(Math.round(term.similarity() * SCALE)));
  }

  private static TermMatch term(Cbor value) {
    List<Cbor> items = value.asArray(5);
    return new TermMatch(
        items.get(0).asText(MAX_TEXT),
        items.get(1).asText(MAX_TEXT),
        TermMatch.Way.valueOf(items.get(2).asText(MAX_TEXT)),
        items.get(3).asLong() / SCALE,
        items.get(4).asLong() / SCALE);
  }

  @Override
  public String toString() {
    return "Finding(" + part + ")";
  }
}
