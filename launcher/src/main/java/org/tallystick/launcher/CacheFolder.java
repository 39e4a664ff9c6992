package org.tallystick.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where what was unpacked once lies, for every launcher of this user. */
public final class CacheFolder {
  private CacheFolder() {}

  /** {@code TALLYSTICK_CACHE}, or else {@code ~/.cache/tallystick}; made where missing. */
  public static Path folder() throws IOException {
    String set = System.getenv("TALLYSTICK_CACHE");
    Path cache =
        set == null || set.isBlank()
            ? Path.of(System.getProperty("user.home", "."), ".cache", "tallystick")
            : Path.of(set);
    return Files.createDirectories(cache);
  }
}
