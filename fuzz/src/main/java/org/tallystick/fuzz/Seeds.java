package org.tallystick.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.tallystick.crypto.Sha256;

/**
 * Inputs to begin with: the published vectors in all their pieces, good and bad, whatever the
 * target gives besides, and every input that it once failed on. They are written and never tried
 * here: a parser that hangs or eats memory must do so in the fuzzer's own process.
 */
final class Seeds {
  private static final String REGRESSIONS = "/fuzz/regressions/";

  private Seeds() {}

  /** Inputs on which this target failed once; hexadecimal, one a line, in a resource. */
  static List<byte[]> regressions(Target target) throws IOException {
    try (var resource = Seeds.class.getResourceAsStream(REGRESSIONS + target.name() + ".hex")) {
      if (resource == null) {
        return List.of();
      }
      return new String(resource.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> line.replaceAll("\\s*(#.*)?$", ""))
          .filter(line -> !line.isEmpty())
          .map(HexFormat.of()::parseHex)
          .toList();
    }
  }

  /** Writes the target's own into a folder. */
  static void write(Target target, Path folder) throws IOException {
    write(target.parser().ownSeeds(), folder);
    write(regressions(target), folder);
  }

  /** Writes inputs into a folder, each under a name that follows from it. */
  static void write(List<byte[]> inputs, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (byte[] input : inputs) {
      Files.write(folder.resolve(HexFormat.of().formatHex(Sha256.of(input), 0, 8)), input);
    }
  }
}
