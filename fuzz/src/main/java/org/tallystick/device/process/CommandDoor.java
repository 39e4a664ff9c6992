package org.tallystick.device.process;

import org.jspecify.annotations.NullMarked;

/** Lets the fuzzer reach the reader of a device process's commands. */
@NullMarked
public final class CommandDoor {
  private CommandDoor() {}

  /** Reads one line and asks for members of each type. */
  public static void read(byte[] line) {
    try (Command command = Command.of(line)) {
      command.allow("pin", "text", "integer", "array");
      if (command.has("text")) {
        command.text("text");
      }
      if (command.has("integer")) {
        command.integer("integer");
      }
      if (command.has("array")) {
        command.array("array").forEach(item -> Command.integer(item, "amount"));
      }
    }
  }
}
