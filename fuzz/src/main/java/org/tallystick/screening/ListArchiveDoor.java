package org.tallystick.screening;

import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.screening.list.ListFormat;

/** Lets the fuzzer reach what opens a list's archive. */
@NullMarked
public final class ListArchiveDoor {
  private ListArchiveDoor() {}

  /** The files by name. */
  public static Map<String, byte[]> open(byte[] zip, ListFormat format) {
    try {
      return ListArchive.open(zip, format);
    } catch (ArchiveRefusedException e) {
      throw new MalformedInputException(String.valueOf(e.getMessage()));
    }
  }

  /** An archive of one file. */
  public static byte[] of(String name, byte[] content) {
    return ListArchive.of(name, content);
  }
}
