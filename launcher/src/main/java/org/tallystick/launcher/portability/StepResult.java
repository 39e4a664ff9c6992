package org.tallystick.launcher.portability;

import org.tallystick.launcher.drill.Json;

/**
 * How one step ended on one server.
 *
 * @param on which server and Java
 * @param step what was tried
 * @param ending how it ended
 * @param millis how long it took
 * @param detail in words; why, where it did not hold
 */
record StepResult(Column on, Step step, Ending ending, long millis, String detail) {
  /** How a step can end. */
  enum Ending {
    HELD,
    FAILED,
    NOT_REACHED
  }

  /**
   * What a column of the table stands for.
   *
   * @param server its name
   * @param version its version
   * @param java version of the JDK that runs it
   */
  record Column(String server, String version, String java) {}

  boolean held() {
    return ending == Ending.HELD;
  }

  /** As a line of JSON. */
  String line() {
    return Json.line(
        "server", on.server(),
        "version", on.version(),
        "java", on.java(),
        "step", step.title(),
        "held", held(),
        "reached", ending != Ending.NOT_REACHED,
        "millis", millis,
        "detail", detail);
  }
}
