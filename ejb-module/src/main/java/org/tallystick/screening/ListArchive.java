package org.tallystick.screening;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.tallystick.screening.list.ListFormat;
import org.tallystick.screening.list.ListLimits;

/**
 * The files of a list in one ZIP archive: exactly the names that the format has, each once, in no
 * folder. Nothing is inflated beyond {@link ListLimits#totalBytes} or {@link #MAX_RATIO}.
 */
final class ListArchive {
  /** Bytes inflated from one: published lists come to 12, the form allows for 1,032. */
  static final int MAX_RATIO = 100;

  private static final int CHUNK = 16 * 1024;

  private ListArchive() {}

  /**
   * The files by name.
   *
   * @throws ArchiveRefusedException if anything about the archive is not as it should be
   */
  static Map<String, byte[]> open(byte[] zip, ListFormat format) throws ArchiveRefusedException {
    long limit = Math.min(ListLimits.USUAL.totalBytes(), (long) zip.length * MAX_RATIO);
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream archive = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        String name = entry.getName();
        boolean known =
            format.neededFiles().contains(name) || format.optionalFiles().contains(name);
        if (!known || files.containsKey(name)) {
          throw new ArchiveRefusedException(
              "the archive must hold "
                  + format.neededFiles()
                  + " once each, and nothing else but "
                  + format.optionalFiles());
        }
        byte[] content = inflated(archive, limit);
        limit -= content.length;
        files.put(name, content);
      }
    } catch (IOException | IllegalArgumentException e) {
      // the second: names that are not UTF-8
      throw new ArchiveRefusedException("the archive is damaged");
    }
    if (files.isEmpty()) {
      throw new ArchiveRefusedException("this is no ZIP archive");
    }
    return files;
  }

  private static byte[] inflated(ZipInputStream archive, long limit)
      throws IOException, ArchiveRefusedException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    for (int count = archive.read(chunk); count >= 0; count = archive.read(chunk)) {
      if (content.size() + (long) count > limit) {
        throw new ArchiveRefusedException("the archive inflates to too much");
      }
      content.write(chunk, 0, count);
    }
    return content.toByteArray();
  }

  /** An archive of one file. */
  static byte[] of(String name, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream archive = new ZipOutputStream(bytes)) {
      archive.putNextEntry(new ZipEntry(name));
      archive.write(content);
      archive.closeEntry();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
