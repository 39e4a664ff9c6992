package org.tallystick.launcher.model;

/**
 * One rule of the protocol that a model can leave out.
 *
 * @param name as in {@code NO_name}, the preprocessor symbol that leaves it out
 * @param step of docs/PROTOCOL.md
 * @param meaning in one sentence
 */
public record Guard(String name, String step, String meaning) {
  /** The preprocessor argument that leaves it out. */
  String leftOut() {
    return "-DNO_" + name;
  }
}
