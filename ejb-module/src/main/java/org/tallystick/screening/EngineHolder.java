package org.tallystick.screening;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallystick.screening.list.ListFormat;
import org.tallystick.screening.list.ListLimits;
import org.tallystick.screening.list.ListRefusedException;

/**
 * This node's engine. One is built at a time, from lists within {@link ListLimits#USUAL}; while it
 * is, the one before stays in memory but screens nobody.
 */
@ApplicationScoped
public class EngineHolder {
  private static final int HASH_BYTES = 8;

  @EJB Editions editions;
  @Inject Customers customers;

  private volatile @Nullable Engine engine;

  /** The engine, if it is of this target's lists and version. */
  public Optional<Engine> of(ScreeningTarget target) {
    return Optional.ofNullable(engine)
        .filter(built -> built.generation() == target.generation())
        .filter(built -> target.engine() == Engine.VERSION);
  }

  /** Builds the engine of the lists in force, if there are any and it is not built yet. */
  public synchronized void renew() {
    ScreeningTarget target = editions.target(Engine.VERSION);
    if (of(target).isPresent() || target.engine() != Engine.VERSION) {
      return;
    }
    List<ScreeningEdition> inForce = editions.inForce();
    // a list that is loaded right now belongs to a later generation, which is built next
    boolean later =
        inForce.stream().anyMatch(edition -> edition.generation() > target.generation());
    if (inForce.isEmpty() || later) {
      return;
    }
    List<TargetList> lists = new ArrayList<>();
    for (ScreeningEdition edition : inForce) {
      lists.add(read(edition));
    }
    engine =
        new Engine(
            target.generation(),
            text(inForce),
            Screener.of(lists, customers.of(target.generation())));
  }

  private TargetList read(ScreeningEdition edition) {
    ListFormat format = ListFormat.valueOf(edition.format());
    try {
      return new TargetList(
          edition.list(),
          format
              .readBytes(ListArchive.open(editions.zip(edition), format), ListLimits.USUAL)
              .entities());
    } catch (ArchiveRefusedException | ListRefusedException e) {
      throw new IllegalStateException("the list " + edition.list() + " cannot be read again", e);
    }
  }

  private static String text(List<ScreeningEdition> editions) {
    return editions.stream()
        .map(
            edition ->
                edition.list() + " " + HexFormat.of().formatHex(edition.sha256(), 0, HASH_BYTES))
        .collect(Collectors.joining(", "));
  }
}
