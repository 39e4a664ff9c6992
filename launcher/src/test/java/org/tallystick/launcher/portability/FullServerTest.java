package org.tallystick.launcher.portability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.launcher.Folders;
import org.tallystick.launcher.LaunchException;

/** With scripts of a few lines in place of a server's. */
final class FullServerTest {
  @TempDir private Path folder;
  private ServerSettings settings;
  private FullServer server;

  @BeforeEach
  void prepare() throws IOException {
    Path scripts = Files.createDirectories(folder.resolve("scripts"));
    settings =
        new ServerSettings(
            folder.resolve("home"),
            Jdk.own().home(),
            scripts,
            folder.resolve("libraries"),
            folder.resolve("own"),
            folder.resolve("data"),
            Folders.freePort(),
            PortBase.free(new SecureRandom()),
            new ServerSettings.Database(
                "127.0.0.1", 1, "tallystick", "tallystick", folder.resolve("password")));
    server = new FullServer(settings);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void script(String name, String text) throws IOException {
    Files.writeString(settings.scripts().resolve(name + ".sh"), text);
  }

  @Test
  void script_thatFails_isToldWithTheEndOfItsLog() throws IOException {
    script("configure", "seq 1 30; printf 'no driver\\n' >&2; exit 3");

    assertThatThrownBy(() -> server.configure())
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("configure.sh ended with 3")
        .hasMessageContaining("no driver")
        .hasMessageContaining("| 30")
        .hasMessageNotContaining("| 11" + System.lineSeparator())
        .hasMessageContaining(folder.resolve("own/log/configure.log").toString());
  }

  @Test
  void script_asItIsRun_findsItsEnvironment() throws IOException, InterruptedException {
    script("configure", "printf '%s\\n' \"$SERVER_BASE\" \"$TALLYSTICK_PORT_BASE\" \"$JAVA_HOME\"");
    server.configure();

    assertThat(folder.resolve("own/log/configure.log"))
        .hasContent(
            String.join(
                "\n",
                folder.resolve("own/server").toString(),
                String.valueOf(settings.ports().first()),
                settings.javaHome().toString()));
  }

  @Test
  void server_thatEndsAtItsStart_isNotWaitedFor() throws IOException {
    script("start", "echo 'port in use'; exit 1");

    assertThatThrownBy(() -> server.start())
        .hasMessageContaining("the server ended with 1")
        .hasMessageContaining("port in use");
  }

  @Test
  void server_thatDoesNotRun_cannotBeStopped() {
    assertThatThrownBy(() -> server.stop()).hasMessageContaining("does not run");
  }

  @Test
  void server_whoseStopScriptFails_isEndedAllTheSame() throws IOException, InterruptedException {
    Path base = Files.createDirectories(folder.resolve("own/server"));
    String program = base.resolve("Program.java").toString();
    Files.writeString(
        Path.of(program),
        """
        class Program {
          public static void main(String[] port) throws Exception {
            try (var listening = new java.net.ServerSocket(Integer.parseInt(port[0]));
                var administered = new java.net.ServerSocket(Integer.parseInt(port[1]))) {
              while (true) {
                listening.accept().close();
              }
            }
          }
        }
        """);
    script(
        "start",
        "\"$JAVA_HOME/bin/java\" " + program + " $TALLYSTICK_HTTP_PORT $TALLYSTICK_PORT_BASE");
    script("stop", "echo 'who are you'; exit 4");
    server.start();

    assertThat(server.alive()).isTrue();
    assertThat(server.takenPorts()).containsExactly(settings.ports().first(), settings.httpPort());
    assertThatThrownBy(() -> server.stop())
        .hasMessageContaining("stop.sh ended with 4")
        .hasMessageContaining("who are you");
    assertThat(server.alive()).isFalse();
    assertThat(server.takenPorts()).isEmpty();
  }
}
