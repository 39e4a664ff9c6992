package org.tallystick.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tallystick.codec.Cbor;
import org.tallystick.party.Identification;
import org.tallystick.party.Identification.Organisation;
import org.tallystick.party.Identification.Owner;
import org.tallystick.party.Identification.Person;
import org.tallystick.party.Identification.Representative;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKind;

/**
 * Someone or something that a party names, to be screened.
 *
 * @param part which of the party's names this is, such as {@code OWNER 2}
 * @param name as it was given
 * @param kind of its bearer
 * @param facts what tells two bearers of the name apart: birth and country; empty where unknown
 */
record Subject(String part, String name, EntityKind kind, String facts) {
  /**
   * All names of a party.
   *
   * @param applied the name it applied with
   * @param said what it has submitted last
   */
  static List<Subject> of(Party party, String applied, Optional<Identification> said) {
    List<Subject> subjects = new ArrayList<>();
    EntityKind kind =
        party.kind() == PartyKind.PERSON ? EntityKind.PERSON : EntityKind.ORGANISATION;
    subjects.add(new Subject("NAME", applied, kind, ""));
    party
        .identity()
        .displayName()
        .ifPresent(name -> subjects.add(new Subject("PUBLIC_NAME", name, EntityKind.UNKNOWN, "")));
    said.ifPresent(identification -> add(identification, subjects));
    return subjects;
  }

  private static void add(Identification said, List<Subject> subjects) {
    if (said instanceof Person person) {
      subjects.add(
          new Subject(
              "LEGAL_NAME",
              person.given() + " " + person.family(),
              EntityKind.PERSON,
              person.born() + " " + person.nationality()));
    } else if (said instanceof Organisation organisation) {
      subjects.add(
          new Subject(
              "LEGAL_NAME",
              organisation.name(),
              EntityKind.ORGANISATION,
              organisation.country() + " " + organisation.registrationNumber()));
      int owners = 0;
      for (Owner owner : organisation.owners()) {
        owners++;
        subjects.add(person("OWNER " + owners, owner.name(), owner.born() + " " + owner.country()));
      }
      int representatives = 0;
      for (Representative each : organisation.representatives()) {
        representatives++;
        subjects.add(
            person(
                "REPRESENTATIVE " + representatives,
                each.name(),
                each.born() + " " + each.country()));
      }
    }
  }

  private static Subject person(String part, String name, String facts) {
    return new Subject(part, name, EntityKind.PERSON, facts);
  }

  /** One encoding of them all: another one says that the party is not what it was. */
  static byte[] encode(List<Subject> subjects) {
    return Cbor.array(
            subjects.stream()
                .map(
                    each ->
                        Cbor.array(
                            Cbor.of(each.part),
                            Cbor.of(each.name),
                            Cbor.of(each.kind.name()),
                            Cbor.of(each.facts)))
                .toList())
        .encode();
  }

  @Override
  public String toString() {
    return "Subject(" + part + ")";
  }
}
