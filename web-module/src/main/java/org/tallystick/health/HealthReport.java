package org.tallystick.health;

/** Which parts of this node answer. */
record HealthReport(boolean database, boolean broker, boolean keys) {
  boolean healthy() {
    return database && broker && keys;
  }

  String toJson() {
    return "{\"status\":\"%s\",\"database\":\"%s\",\"broker\":\"%s\",\"keys\":\"%s\"}"
        .formatted(word(healthy()), word(database), word(broker), word(keys));
  }

  private static String word(boolean up) {
    return up ? "UP" : "DOWN";
  }
}
