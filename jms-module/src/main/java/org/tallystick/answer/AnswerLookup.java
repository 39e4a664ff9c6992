package org.tallystick.answer;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Looks in the database for everything that is waited for on this node: after the connection to the
 * topic was lost, and now and then because the topic may drop messages.
 */
final class AnswerLookup {
  private static final int CHUNK = 500;

  private final AnswerRegistry registry;
  private final Function<Collection<byte[]>, List<ReadyAnswer>> database;

  AnswerLookup(AnswerRegistry registry, Function<Collection<byte[]>, List<ReadyAnswer>> database) {
    this.registry = registry;
    this.database = database;
  }

  void run() {
    List<byte[]> pickups = registry.pickups();
    for (int from = 0; from < pickups.size(); from += CHUNK) {
      registry.arrived(
          database.apply(pickups.subList(from, Math.min(from + CHUNK, pickups.size()))));
    }
  }
}
