package org.tallystick.screening;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.tallystick.party.ScreeningGate.Obstacle;

/** Whether the lists are there that the bank requires, and new enough. */
@Stateless
public class Standings {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject RequiredLists required;
  @Inject Clock clock;

  /** How each list stands that is in force or required, by name. */
  public List<ListStanding> all() {
    return standings(required.names());
  }

  /** What is wrong with the lists that are required; empty where nothing is. */
  public Optional<Obstacle> obstacle() {
    SortedSet<String> names = required.names();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    List<ListStanding.State> states = standings(names).stream().map(ListStanding::state).toList();
    if (states.contains(ListStanding.State.MISSING)) {
      return Optional.of(Obstacle.LIST_MISSING);
    }
    return states.contains(ListStanding.State.STALE)
        ? Optional.of(Obstacle.LIST_STALE)
        : Optional.empty();
  }

  private List<ListStanding> standings(SortedSet<String> names) {
    Optional<OffsetDateTime> oldest = required.maxAge().map(this::ago);
    Map<String, Optional<OffsetDateTime>> confirmed = new TreeMap<>();
    names.forEach(name -> confirmed.put(name, Optional.empty()));
    entities
        .createNamedQuery("ScreeningConfirmation.all", ScreeningConfirmation.class)
        .getResultStream()
        .forEach(given -> confirmed.put(given.list(), Optional.of(given.confirmedAt())));
    List<ListStanding> standings = new ArrayList<>();
    confirmed.forEach(
        (name, at) -> {
          boolean needed = names.contains(name);
          standings.add(
              new ListStanding(
                  name, needed, state(at, oldest.filter(bound -> needed)), at.orElse(null)));
        });
    return standings;
  }

  private OffsetDateTime ago(Duration age) {
    return OffsetDateTime.now(clock).minus(age);
  }

  private static ListStanding.State state(
      Optional<OffsetDateTime> confirmed, Optional<OffsetDateTime> oldest) {
    if (confirmed.isEmpty()) {
      return ListStanding.State.MISSING;
    }
    boolean stale = oldest.filter(bound -> confirmed.get().isBefore(bound)).isPresent();
    return stale ? ListStanding.State.STALE : ListStanding.State.IN_FORCE;
  }
}
