package org.tallystick.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.tallystick.node.PrivateFile;

/**
 * The registrations that were erased: an empty file for each beside the keys, whose name is the
 * registration in hexadecimal. Files of one name each need no lock between nodes.
 */
final class ErasedParties {
  private static final String FORM = "[0-9a-f]{32}";

  private final Path folder;

  ErasedParties(Path folder) {
    this.folder = folder;
  }

  void add(byte[] registration) {
    PrivateFile.create(folder.resolve(HexFormat.of().formatHex(registration)), new byte[0]);
  }

  List<byte[]> all() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(Path::getFileName)
          .map(Path::toString)
          .filter(name -> name.matches(FORM))
          .map(HexFormat.of()::parseHex)
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read which parties were erased", e);
    }
  }
}
