package org.tallystick.launcher.rescreening;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tallystick.launcher.LaunchException;

/** OFAC's and the UN's lists as they are published, in one folder. */
final class PublishedFiles {
  private static final List<String> OFAC =
      List.of("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv");
  private static final String UN = "UN_consolidated.xml";
  private static final String LAST_PERSON = "</INDIVIDUALS>";

  private final Path folder;

  PublishedFiles(Path folder) {
    if (!Files.isRegularFile(folder.resolve(UN))) {
      throw new LaunchException(
          "no target lists in " + folder + ": " + OFAC + " and " + UN + " belong there (--lists)");
    }
    this.folder = folder;
  }

  /** OFAC's files in one archive. */
  byte[] ofac() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream archive = new ZipOutputStream(bytes)) {
      for (String name : OFAC) {
        archive.putNextEntry(new ZipEntry(name));
        archive.write(Files.readAllBytes(folder.resolve(name)));
        archive.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** The UN's list. */
  byte[] un() throws IOException {
    return Files.readAllBytes(folder.resolve(UN));
  }

  /** The UN's list with one person more, of a name of two words. */
  byte[] unWith(String name) throws IOException {
    String text = new String(un(), StandardCharsets.UTF_8);
    int end = text.indexOf(LAST_PERSON);
    if (end < 0) {
      throw new LaunchException("the UN's list has no persons");
    }
    String[] words = name.split(" ", 2);
    String person =
        """
        <INDIVIDUAL><DATAID>999999999</DATAID><FIRST_NAME>%s</FIRST_NAME>
        <SECOND_NAME>%s</SECOND_NAME><UN_LIST_TYPE>Bench</UN_LIST_TYPE>
        <REFERENCE_NUMBER>BEi.999</REFERENCE_NUMBER></INDIVIDUAL>
        """
            .formatted(words[0], words[1]);
    return (text.substring(0, end) + person + text.substring(end)).getBytes(StandardCharsets.UTF_8);
  }
}
