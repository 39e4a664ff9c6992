package org.tallystick.launcher;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PostgreSQL refuses to run as root; in a user name space of its own it sees another user. */
final class Unprivileged {
  private static final List<String> NAME_SPACE = List.of("unshare", "-U");
  private static final long TRY_SECONDS = 10;

  private Unprivileged() {}

  /** What to put before a command of PostgreSQL: nothing, unless this process is root's. */
  static List<String> prefix() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    if (!nameSpaceWorks()) {
      throw new LaunchException(
          "PostgreSQL does not run as root and 'unshare -U' does not work here; "
              + "run this as another user, or set TALLYSTICK_DB_URL");
    }
    return NAME_SPACE;
  }

  private static boolean nameSpaceWorks() {
    try {
      Process process = new ProcessBuilder("unshare", "-U", "true").inheritIO().start();
      return process.waitFor(TRY_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
