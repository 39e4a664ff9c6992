package org.tallystick.screening;

import java.util.List;

/** What became of a query. Only a {@link Done} without hits is clean. */
public sealed interface Screening {
  /**
   * The name was compared with all entries.
   *
   * @param hits entries that may be meant, one match each, best first; none: the name is clean
   */
  record Done(List<Match> hits) implements Screening {
    /** Copies the list. */
    public Done {
      hits = List.copyOf(hits);
    }
  }

  /**
   * The name was not compared, or not wholly.
   *
   * @param obstacle why
   */
  record Impossible(Obstacle obstacle) implements Screening {}
}
