package org.tallystick.party;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.party.Identification.Address;
import org.tallystick.party.Identification.Organisation;
import org.tallystick.party.Identification.Owner;
import org.tallystick.party.Identification.Paper;
import org.tallystick.party.Identification.PaperKind;
import org.tallystick.party.Identification.Person;
import org.tallystick.party.Identification.Representative;

/**
 * The one form in which an identification is sealed: a CBOR map with integer keys, dates as days
 * since 1970, what is absent left out. Key 0 is the form's version, key 1 tells a person (1) from
 * an organisation (2).
 */
final class IdentificationForm {
  private static final int VERSION = 1;
  private static final int PERSON = 1;
  private static final int ORGANISATION = 2;
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_TEXT = 512;

  private IdentificationForm() {}

  static byte[] encode(Identification identification) {
    Cbor.MapBuilder map = Cbor.map().put(0, Cbor.of(VERSION));
    if (identification instanceof Person person) {
      map.put(1, Cbor.of(PERSON))
          .put(2, Cbor.of(person.given()))
          .put(3, Cbor.of(person.family()))
          .put(4, date(person.born()))
          .put(5, address(person.address()))
          .put(6, Cbor.of(person.nationality()))
          .put(7, paper(person.paper()));
      putText(map, 8, person.phone());
    } else if (identification instanceof Organisation organisation) {
      map.put(1, Cbor.of(ORGANISATION))
          .put(2, Cbor.of(organisation.name()))
          .put(3, Cbor.of(organisation.registrationNumber()))
          .put(4, Cbor.of(organisation.country()))
          .put(5, address(organisation.address()))
          .put(6, Cbor.of(organisation.legalForm()))
          .put(7, array(organisation.owners(), IdentificationForm::owner))
          .put(8, array(organisation.representatives(), IdentificationForm::representative));
    }
    return map.build().encode();
  }

  /**
   * What this class has encoded.
   *
   * @throws MalformedInputException if it has not
   */
  static Identification decode(byte[] bytes) {
    try {
      return read(bytes);
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw new MalformedInputException("no identification: " + e.getClass().getSimpleName());
    }
  }

  private static Identification read(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes, MAX_BYTES));
    map.integer(0, VERSION, VERSION);
    long kind = map.integer(1, PERSON, ORGANISATION);
    Identification found = kind == PERSON ? person(map) : organisation(map);
    map.end();
    return found;
  }

  private static Person person(MapReader map) {
    return new Person(
        map.text(2, MAX_TEXT),
        map.text(3, MAX_TEXT),
        date(map.value(4)),
        address(map.value(5)),
        map.text(6, MAX_TEXT),
        paper(map.value(7)),
        optionalText(map, 8));
  }

  private static Organisation organisation(MapReader map) {
    return new Organisation(
        map.text(2, MAX_TEXT),
        map.text(3, MAX_TEXT),
        map.text(4, MAX_TEXT),
        map.text(6, MAX_TEXT),
        address(map.value(5)),
        map.value(7).asArray().stream().map(IdentificationForm::owner).toList(),
        map.value(8).asArray().stream().map(IdentificationForm::representative).toList());
  }

  private static Cbor address(Address address) {
    Cbor.MapBuilder map =
        Cbor.map()
            .put(1, array(address.lines(), Cbor::of))
            .put(2, Cbor.of(address.locality()))
            .put(5, Cbor.of(address.country()));
    putText(map, 3, address.region());
    putText(map, 4, address.postcode());
    return map.build();
  }

  private static Address address(Cbor value) {
    MapReader map = MapReader.of(value);
    Address address =
        new Address(
            map.value(1).asArray().stream().map(line -> line.asText(MAX_TEXT)).toList(),
            map.text(2, MAX_TEXT),
            optionalText(map, 3),
            optionalText(map, 4),
            map.text(5, MAX_TEXT));
    map.end();
    return address;
  }

  private static Cbor paper(Paper paper) {
    LocalDate expires = paper.expires();
    return Cbor.array(
        Cbor.of(paper.kind().name()),
        Cbor.of(paper.number()),
        Cbor.of(paper.country()),
        expires == null ? Cbor.NULL : date(expires));
  }

  private static Paper paper(Cbor value) {
    List<Cbor> items = value.asArray(4);
    Cbor expires = items.get(3);
    return new Paper(
        PaperKind.valueOf(items.get(0).asText(MAX_TEXT)),
        items.get(1).asText(MAX_TEXT),
        items.get(2).asText(MAX_TEXT),
        expires.isNull() ? null : date(expires));
  }

  private static Cbor owner(Owner owner) {
    return Cbor.array(
        Cbor.of(owner.name()),
        date(owner.born()),
        Cbor.of(owner.country()),
        Cbor.of(owner.shareBasisPoints()));
  }

  private static Owner owner(Cbor value) {
    List<Cbor> items = value.asArray(4);
    return new Owner(
        items.get(0).asText(MAX_TEXT),
        date(items.get(1)),
        items.get(2).asText(MAX_TEXT),
        Math.toIntExact(items.get(3).asLong()));
  }

  private static Cbor representative(Representative person) {
    return Cbor.array(Cbor.of(person.name()), date(person.born()), Cbor.of(person.country()));
  }

  private static Representative representative(Cbor value) {
    List<Cbor> items = value.asArray(3);
    return new Representative(
        items.get(0).asText(MAX_TEXT), date(items.get(1)), items.get(2).asText(MAX_TEXT));
  }

  private static <T> Cbor array(List<T> items, Function<T, Cbor> form) {
    return Cbor.array(items.stream().map(form).toList());
  }

  private static Cbor date(LocalDate date) {
    return Cbor.of(date.toEpochDay());
  }

  private static LocalDate date(Cbor value) {
    return LocalDate.ofEpochDay(value.asLong());
  }

  private static void putText(Cbor.MapBuilder map, long key, @Nullable String text) {
    if (text != null) {
      map.put(key, Cbor.of(text));
    }
  }

  private static @Nullable String optionalText(MapReader map, long key) {
    Optional<Cbor> value = map.optional(key);
    return value.map(text -> text.asText(MAX_TEXT)).orElse(null);
  }
}
