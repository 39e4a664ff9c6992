package org.tallystick.launcher;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a bank on this machine keeps everything. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:TALLYSTICK_DATA:-data}",
      description = "Folder of database, journal, keys and logs (default: ./data).")
  private Path folder = Path.of("data");

  Path folder() {
    return folder.toAbsolutePath().normalize();
  }
}
