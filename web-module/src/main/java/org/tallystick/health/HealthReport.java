package org.tallystick.health;

/** Which parts of this node answer. */
record HealthReport(boolean database, boolean broker) {
  boolean healthy() {
    return database && broker;
  }

  String toJson() {
    return "{\"status\":\"%s\",\"database\":\"%s\",\"broker\":\"%s\"}"
        .formatted(word(healthy()), word(database), word(broker));
  }

  private static String word(boolean up) {
    return up ? "UP" : "DOWN";
  }
}
