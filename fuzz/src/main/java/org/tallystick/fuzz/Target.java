package org.tallystick.fuzz;

import java.util.function.Supplier;

/**
 * A parser with a name for the command line, made when it is needed: a fuzzer's process then loads
 * and instruments what that one parser uses.
 *
 * @param name also of its folder
 * @param maker of the parser
 */
public record Target(String name, Supplier<Parser> maker) {
  /** The parser; each call makes it anew. */
  public Parser parser() {
    return maker.get();
  }

  @Override
  public String toString() {
    return name;
  }
}
