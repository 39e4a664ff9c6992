package org.tallystick.launcher.portability;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Processes of one installation: those that were told its folder on their command line, whoever
 * started them.
 */
final class LeftOver {
  private static final long END_SECONDS = 30;

  private LeftOver() {}

  /** Those that live. */
  static List<ProcessHandle> in(Path folder) {
    String base = ServerSettings.base(folder).toString();
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(base))
        .toList();
  }

  /** Ends them by force, such as what a launcher that died left over. */
  static void end(Path folder) {
    List<ProcessHandle> left = in(folder);
    left.forEach(ProcessHandle::destroyForcibly);
    left.forEach(process -> process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join());
  }
}
