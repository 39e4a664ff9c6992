package org.tallystick.party;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tallystick.party.Identification.Organisation;
import org.tallystick.party.Identification.Owner;
import org.tallystick.party.Identification.Paper;
import org.tallystick.party.Identification.Person;
import org.tallystick.party.Identification.Representative;

/**
 * Whether what a party says of itself can be true; says in words what cannot, never what it was.
 */
final class IdentificationCheck {
  private static final int OLDEST_YEARS = 130;
  private static final int LONGEST_PAPER_YEARS = 50;
  private static final int WHOLE = 10_000;

  private final LocalDate today;

  IdentificationCheck(Clock clock) {
    today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** What is wrong first, naming the member; empty where nothing is. */
  Optional<String> fault(PartyKind kind, Identification identification) {
    Stream<Optional<String>> faults;
    if (identification instanceof Person person && kind == PartyKind.PERSON) {
      faults =
          Stream.of(
              name("given", person.given()),
              name("family", person.family()),
              birth("born", person.born()),
              paper(person.paper()));
    } else if (identification instanceof Organisation organisation
        && kind == PartyKind.ORGANISATION) {
      faults = organisation(organisation);
    } else {
      faults = Stream.of(Optional.of("the registration is of another kind"));
    }
    Optional<String> nowhere =
        fault(identification.address().lines().isEmpty(), "'address.lines' must not be empty");
    return nowhere.or(() -> faults.flatMap(Optional::stream).findFirst());
  }

  private Stream<Optional<String>> organisation(Organisation organisation) {
    List<Owner> owners = organisation.owners();
    List<Representative> people = organisation.representatives();
    Stream<Optional<String>> own =
        Stream.of(
            name("name", organisation.name()),
            fault(people.isEmpty(), "'representatives' must not be empty"),
            fault(
                owners.stream().mapToLong(Owner::shareBasisPoints).sum() > WHOLE,
                "'owners' have more than the whole"));
    Stream<Optional<String>> persons =
        Stream.of(
                owners.stream().map(owner -> name("owners.name", owner.name())),
                owners.stream().map(owner -> birth("owners.born", owner.born())),
                people.stream().map(person -> name("representatives.name", person.name())),
                people.stream().map(person -> birth("representatives.born", person.born())))
            .flatMap(each -> each);
    return Stream.concat(own, persons);
  }

  private Optional<String> paper(Paper paper) {
    @Nullable LocalDate expires = paper.expires();
    if (expires == null) {
      return fault(paper.kind().expires(), "'paper.expires' is missing");
    }
    return fault(expires.isBefore(today), "'paper.expires' is over")
        .or(
            () ->
                fault(
                    expires.isAfter(today.plusYears(LONGEST_PAPER_YEARS)),
                    "'paper.expires' lies too far ahead"));
  }

  private Optional<String> birth(String member, LocalDate born) {
    return fault(
        born.isAfter(today) || born.isBefore(today.minusYears(OLDEST_YEARS)),
        "'" + member + "' is no date of birth of a living person");
  }

  private static Optional<String> name(String member, String name) {
    return fault(
        !ReadableNames.isReadable(name),
        "'" + member + "' mixes scripts within a word or holds what is not seen");
  }

  private static Optional<String> fault(boolean is, String words) {
    return is ? Optional.of(words) : Optional.empty();
  }
}
