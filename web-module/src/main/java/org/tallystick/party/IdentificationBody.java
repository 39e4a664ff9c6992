package org.tallystick.party;

import java.util.List;
import java.util.Optional;
import org.tallystick.json.StrictJson;
import org.tallystick.party.Identification.Address;
import org.tallystick.party.Identification.Organisation;
import org.tallystick.party.Identification.Owner;
import org.tallystick.party.Identification.Paper;
import org.tallystick.party.Identification.PaperKind;
import org.tallystick.party.Identification.Person;
import org.tallystick.party.Identification.Representative;

/** Reads {@code {person}} or {@code {organisation}}, exactly one of them. */
final class IdentificationBody {
  private static final int MAX_NAME = 128;
  private static final int MAX_LINES = 4;
  private static final int MAX_LINE = 100;
  private static final int MAX_POSTCODE = 16;
  private static final int MAX_NUMBER = 64;
  private static final int MAX_OWNERS = 16;
  private static final int MAX_REPRESENTATIVES = 8;
  private static final int WHOLE = 10_000;

  private IdentificationBody() {}

  /** What the body says; empty where it is not exactly one of the two. */
  static Optional<Identification> read(StrictJson body) {
    Optional<StrictJson> person = body.optionalObject("person");
    Optional<StrictJson> organisation = body.optionalObject("organisation");
    body.end();
    if (person.isPresent() == organisation.isPresent()) {
      return Optional.empty();
    }
    return person
        .<Identification>map(IdentificationBody::person)
        .or(() -> organisation.map(IdentificationBody::organisation));
  }

  private static Person person(StrictJson json) {
    Person person =
        new Person(
            json.requireText("given", MAX_NAME),
            json.requireText("family", MAX_NAME),
            json.requireDate("born"),
            address(json.requireObject("address")),
            json.requireCountry("nationality"),
            paper(json.requireObject("paper")),
            json.optionalPhone("phone").orElse(null));
    json.end();
    return person;
  }

  private static Organisation organisation(StrictJson json) {
    Organisation organisation =
        new Organisation(
            json.requireText("name", MAX_NAME),
            json.requireText("registrationNumber", MAX_NUMBER),
            json.requireCountry("country"),
            json.requireText("legalForm", MAX_NUMBER),
            address(json.requireObject("address")),
            json.requireArray("owners", MAX_OWNERS).stream()
                .map(IdentificationBody::owner)
                .toList(),
            json.requireArray("representatives", MAX_REPRESENTATIVES).stream()
                .map(IdentificationBody::representative)
                .toList());
    json.end();
    return organisation;
  }

  private static Address address(StrictJson json) {
    List<String> lines = json.requireTexts("lines", MAX_LINES, MAX_LINE);
    Address address =
        new Address(
            lines,
            json.requireText("locality", MAX_LINE),
            json.optionalText("region", MAX_LINE).orElse(null),
            json.optionalText("postcode", MAX_POSTCODE).orElse(null),
            json.requireCountry("country"));
    json.end();
    return address;
  }

  private static Paper paper(StrictJson json) {
    Paper paper =
        new Paper(
            json.requireOneOf("kind", PaperKind.class),
            json.requireText("number", MAX_NUMBER),
            json.requireCountry("country"),
            json.optionalDate("expires").orElse(null));
    json.end();
    return paper;
  }

  private static Owner owner(StrictJson json) {
    Owner owner =
        new Owner(
            json.requireText("name", MAX_NAME),
            json.requireDate("born"),
            json.requireCountry("country"),
            Math.toIntExact(json.requireInteger("shareBasisPoints", 1, WHOLE)));
    json.end();
    return owner;
  }

  private static Representative representative(StrictJson json) {
    Representative person =
        new Representative(
            json.requireText("name", MAX_NAME),
            json.requireDate("born"),
            json.requireCountry("country"));
    json.end();
    return person;
  }
}
