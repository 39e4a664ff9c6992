package org.tallystick.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tallystick up}: runs a bank until Ctrl-C. */
@Command(name = "up", description = "Runs a bank on this machine until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:TALLYSTICK_HTTP_PORT:-8080}",
      description = "HTTP port; 0 takes a free one (default: 8080).")
  private int port;

  @Override
  public Integer call() throws InterruptedException, IOException {
    Progress progress = Progress.onStandardError();
    LocalBank bank = LocalBank.start(data.folder(), port, Map.of(), progress);
    tell(bank, progress);
    int exit = bank.server().waitFor();
    if (bank.closing()) {
      return ExitCode.OK;
    }
    progress.say("the server ended by itself with " + exit + ", see " + bank.server().log());
    return ExitCode.SOFTWARE;
  }

  private static void tell(LocalBank bank, Progress progress) throws IOException {
    String base = bank.server().baseUri().toString();
    progress.say("bank     " + base);
    progress.say("API      " + base + "api/v1/");
    progress.say("OpenAPI  " + base + "openapi");
    progress.say("data     " + bank.data().path());
    progress.say("log      " + bank.server().log());
    Path password = bank.data().path().resolve("first-admin-password");
    if (Files.exists(password)) {
      progress.say(
          "first administrator's one-time password: " + Files.readString(password).strip());
    }
    progress.say("Ctrl-C stops it.");
  }
}
