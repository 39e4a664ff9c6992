package org.tallystick.launcher;

import picocli.CommandLine.ExitCode;

/** What a command says that the help text names but this version does not have. */
final class NotYet {
  private NotYet() {}

  static int say(String command) {
    System.err.println("tallystick " + command + ": this version does not have it yet");
    return ExitCode.USAGE;
  }
}
