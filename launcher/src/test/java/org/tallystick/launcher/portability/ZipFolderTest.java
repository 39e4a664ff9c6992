package org.tallystick.launcher.portability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.launcher.LaunchException;

final class ZipFolderTest {
  private static final int PLAIN = 0100644;
  private static final int PROGRAM = 0100755;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "server/../../outside", "/outside"})
  void entry_outsideOfTheFolder_isRefused(String name) throws IOException {
    Path zip = zip(name, PLAIN);
    Path target = Files.createDirectories(folder.resolve("target"));

    assertThatThrownBy(() -> ZipFolder.unpack(zip, target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("outside of the folder");
    assertThat(folder.resolve("outside")).doesNotExist();
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void link_inTheArchive_isRefused() throws IOException {
    Path zip = zip("server/link", 0120777);

    assertThatThrownBy(() -> ZipFolder.unpack(zip, folder.resolve("target")))
        .hasMessageContaining("a link");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"server/bin/asadmin", "server/glassfish/bin/asadmin", "server/any/run.sh"})
  void program_withoutKeptPermissions_canBeRun(String name) throws IOException {
    ZipFolder.unpack(zip(name, 0), folder.resolve("target"));

    assertThat(folder.resolve("target").resolve(name)).isExecutable().hasContent("content");
  }

  @Test
  void permissions_thatWereKept_areTakenOver() throws IOException {
    ZipFolder.unpack(zip("server/program", PROGRAM), folder.resolve("a"));
    ZipFolder.unpack(zip("server/file.xml", PLAIN), folder.resolve("b"));

    assertThat(folder.resolve("a/server/program")).isExecutable();
    assertThat(Files.isExecutable(folder.resolve("b/server/file.xml"))).isFalse();
  }

  @Test
  void distribution_ofOneFolder_becomesTheHome() throws IOException {
    Path home = folder.resolve("home");
    ServerCache.adopt(zip("server-1.0/bin/run.sh", PROGRAM), home);

    assertThat(home.resolve("bin/run.sh")).isExecutable();
  }

  @Test
  void distribution_ofNoFolder_isRefused() throws IOException {
    Path zip = zip("file", PLAIN);

    assertThatThrownBy(() -> ServerCache.adopt(zip, folder.resolve("home")))
        .isInstanceOf(LaunchException.class);
    assertThat(folder.resolve("home")).doesNotExist();
  }

  private Path zip(String name, int mode) throws IOException {
    Path zip = Files.createTempFile(folder, "archive", ".zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      ZipArchiveEntry entry = new ZipArchiveEntry(name);
      if (mode != 0) {
        entry.setUnixMode(mode);
      }
      out.putArchiveEntry(entry);
      out.write("content".getBytes(StandardCharsets.UTF_8));
      out.closeArchiveEntry();
    }
    return zip;
  }
}
