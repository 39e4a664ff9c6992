package org.tallystick.launcher.portability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.launcher.LaunchException;

final class PlantedArchiveTest {
  private static final String GLASSFISH =
      "<message-destination-ref-name>jms/tallystick/paired</message-destination-ref-name>"
          + "<jndi-name>jms/tallystick/paired</jndi-name>";
  private static final String JBOSS =
      "<resource-env-ref-name>jms/tallystick/paired</resource-env-ref-name>"
          + "<lookup-name>java:/jms/tallystick/paired</lookup-name>";

  @TempDir private Path folder;

  @Test
  void wrongQueue_isBoundInBothDescriptorsAndNowhereElse() throws IOException {
    Path copy = folder.resolve("copy.ear");
    PlantedArchive.write(archive(JBOSS), "wrong-queue", copy);
    Map<String, byte[]> entries = entries(Files.readAllBytes(copy));
    Map<String, byte[]> module = entries(entries.get("ejb-module.jar"));

    assertThat(text(entries.get("lib/other.txt"))).isEqualTo("jms/tallystick/paired");
    assertThat(text(module.get("META-INF/glassfish-ejb-jar.xml")))
        .isEqualTo(
            GLASSFISH.replace(
                "<jndi-name>jms/tallystick/paired", "<jndi-name>jms/tallystick/halves"));
    assertThat(text(module.get("META-INF/jboss-ejb3.xml")))
        .isEqualTo(JBOSS.replace("java:/jms/tallystick/paired", "java:/jms/tallystick/halves"));
  }

  @Test
  void bug_thatFindsNoPlace_isNotSilentlyLeftOut() throws IOException {
    Path archive = archive("<nothing/>");

    assertThatThrownBy(
            () -> PlantedArchive.write(archive, "wrong-queue", folder.resolve("copy.ear")))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("could not plant");
  }

  private Path archive(String jboss) throws IOException {
    byte[] module =
        zip(
            Map.of(
                "META-INF/glassfish-ejb-jar.xml", bytes(GLASSFISH),
                "META-INF/jboss-ejb3.xml", bytes(jboss)));
    Path archive = folder.resolve("application.ear");
    Files.write(
        archive,
        zip(Map.of("ejb-module.jar", module, "lib/other.txt", bytes("jms/tallystick/paired"))));
    return archive;
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> entries(byte[] zip) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
