package org.tallystick.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The recovery epoch, a whole number in a file beside the keys; where there is no file it is 0.
 *
 * <p>It is read each time, so that all nodes on one key folder heed a raised one at once.
 */
final class RecoveryEpochFile {
  private static final int MOST_DIGITS = 9;

  private final Path file;

  RecoveryEpochFile(Path file) {
    this.file = file;
  }

  long read() {
    String text;
    try {
      text = Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the recovery epoch", e);
    }
    if (!text.matches("[0-9]{1," + MOST_DIGITS + "}")) {
      throw new IllegalStateException(
          "the file recovery-epoch in the key folder must hold one whole number");
    }
    return Long.parseLong(text);
  }
}
