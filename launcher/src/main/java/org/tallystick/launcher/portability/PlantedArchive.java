package org.tallystick.launcher.portability;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.tallystick.launcher.LaunchException;

/**
 * A copy of the application in which one logical name stands for the wrong thing, as a typing error
 * in a server's descriptor would make it.
 */
final class PlantedArchive {
  /** The name that is bound wrongly, and to what, for each bug. */
  private static final Map<String, String[]> BUGS =
      Map.of(
          "wrong-queue", new String[] {"jms/tallystick/paired", "jms/tallystick/halves"},
          "no-topic", new String[] {"jms/tallystick/answers", "jms/tallystick/nothing"});

  private static final String MODULE = "ejb-module.jar";
  private static final Set<String> DESCRIPTORS =
      Set.of("META-INF/glassfish-ejb-jar.xml", "META-INF/jboss-ejb3.xml");

  private PlantedArchive() {}

  /** What can be planted. */
  static Set<String> bugs() {
    return BUGS.keySet();
  }

  /**
   * Writes the copy.
   *
   * @throws LaunchException where the archive has no place to plant it
   */
  static Path write(Path archive, String bug, Path copy) throws IOException {
    String[] names = BUGS.get(bug);
    if (names == null) {
      throw new LaunchException("no such bug: " + bug + "; there are " + bugs());
    }
    int[] planted = {0};
    try (InputStream in = Files.newInputStream(archive);
        OutputStream out = Files.newOutputStream(copy)) {
      rewrite(
          in,
          out,
          (name, content) ->
              name.equals(MODULE) ? module(content, names[0], names[1], planted) : content);
    }
    if (planted[0] != DESCRIPTORS.size()) {
      throw new LaunchException("could not plant " + bug + " in " + archive);
    }
    return copy;
  }

  private interface Change {
    byte[] of(String name, byte[] content) throws IOException;
  }

  private static byte[] module(byte[] jar, String name, String wrong, int[] planted)
      throws IOException {
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    rewrite(
        new ByteArrayInputStream(jar),
        changed,
        (entry, content) -> {
          if (!DESCRIPTORS.contains(entry)) {
            return content;
          }
          String text = new String(content, StandardCharsets.UTF_8);
          String bound =
              text.replaceAll("(<(jndi|lookup)-name>(java:/)?)" + name + "<", "$1" + wrong + "<");
          planted[0] += bound.equals(text) ? 0 : 1;
          return bound.getBytes(StandardCharsets.UTF_8);
        });
    return changed.toByteArray();
  }

  private static void rewrite(InputStream from, OutputStream to, Change change) throws IOException {
    ZipInputStream in = new ZipInputStream(from);
    ZipOutputStream out = new ZipOutputStream(to);
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      out.putNextEntry(new ZipEntry(entry.getName()));
      if (!entry.isDirectory()) {
        out.write(change.of(entry.getName(), in.readAllBytes()));
      }
      out.closeEntry();
    }
    out.finish();
  }
}
