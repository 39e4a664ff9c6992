package org.tallystick.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tallystick up}: runs a bank until Ctrl-C. */
@Command(
    name = "up",
    description = {
      "Runs a bank on this machine until Ctrl-C.",
      "With several nodes they share one database, one broker and one key folder, and each that",
      "ends by itself is started again."
    })
final class UpCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:TALLYSTICK_HTTP_PORT:-8080}",
      description = "HTTP port of the first node; 0 takes a free one (default: 8080).")
  private int port;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many nodes, on ports from the first one on (default: 1).")
  private int nodes;

  @Override
  public Integer call() throws InterruptedException, IOException {
    Progress progress = Progress.onStandardError();
    LocalBank bank = LocalBank.start(BankPlan.of(data.folder(), port, nodes), progress);
    tell(bank, progress);
    if (nodes > 1) {
      bank.awaitClosed();
      return ExitCode.OK;
    }
    int exit = bank.server().waitFor();
    if (bank.closing()) {
      return ExitCode.OK;
    }
    progress.say("the server ended by itself with " + exit + ", see " + bank.server().log());
    return ExitCode.SOFTWARE;
  }

  private static void tell(LocalBank bank, Progress progress) throws IOException {
    String base = bank.server().baseUri().toString();
    if (bank.nodes().size() == 1) {
      progress.say("bank     " + base);
    } else {
      bank.nodes().forEach(node -> progress.say(line(node.name(), node.baseUri(), node)));
      bank.broker()
          .ifPresent(broker -> progress.say(line("broker", "127.0.0.1:" + broker.port(), broker)));
    }
    progress.say("API      " + base + "api/v1/");
    progress.say("OpenAPI  " + base + "api/v1/openapi.json");
    progress.say("data     " + bank.data().path());
    if (bank.nodes().size() == 1) {
      progress.say("log      " + bank.server().log());
    }
    Path password = bank.data().path().resolve("first-admin-password");
    if (Files.exists(password)) {
      progress.say(
          "first administrator's one-time password: " + Files.readString(password).strip());
    }
    progress.say("Ctrl-C stops it.");
  }

  private static String line(String name, Object where, Kept child) {
    return "%-8s %s  pid %d  log %s".formatted(name, where, child.pid(), child.log());
  }
}
