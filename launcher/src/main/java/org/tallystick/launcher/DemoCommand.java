package org.tallystick.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.bank.FreshBank;
import org.tallystick.launcher.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tallystick demo}: the main job on a fresh bank in the data folder's {@code demo}. */
@Command(
    name = "demo",
    description = {
      "Shows two whole purchases: two device processes, two codes each, one decision,",
      "receipts, and evidence that a third process verifies off line.",
      "Exits 0 only where both were approved and verified."
    })
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--keep", description = "Leave the bank running until Ctrl-C.")
  private boolean keep;

  @Option(
      names = "--plant",
      paramLabel = "BUG",
      description = "flip-byte, swap-state or swap-device; the demo must then fail.")
  private @Nullable String plant;

  @Option(
      names = "--at",
      paramLabel = "URL",
      description = "A fresh bank that runs already, instead of one of its own.")
  private @Nullable URI at;

  @Option(
      names = "--bank-data",
      paramLabel = "DIR",
      description = "That bank's data folder (TALLYSTICK_DATA); goes with --at.")
  private @Nullable Path bankData;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws Exception {
    if (plant != null && !Demo.PLANTS.contains(plant)) {
      throw new LaunchException("no such bug: " + plant + "; there are " + Demo.PLANTS);
    }
    Progress progress = Progress.onStandardError();
    Path folder = data.folder().resolve("demo");
    Folders.delete(folder);
    Files.createDirectories(folder);
    if (at != null || bankData != null) {
      return elsewhere(folder, progress) ? ExitCode.OK : ExitCode.SOFTWARE;
    }
    boolean held;
    try (LocalBank bank = LocalBank.start(folder.resolve("bank"), 0, Map.of(), progress)) {
      held = new Demo(bank.fresh(), folder, plant, System.out, progress).run();
      System.out.flush();
      progress.say("look at  " + folder + " (devices, evidence, bank/log)");
      if (keep) {
        progress.say("bank     " + bank.server().baseUri() + "  Ctrl-C stops it.");
        bank.server().waitFor();
      }
    }
    return held ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private boolean elsewhere(Path folder, Progress progress) throws IOException {
    if (at == null || bankData == null) {
      throw new LaunchException("--at and --bank-data go together");
    }
    return new Demo(new FreshBank(at, bankData), folder, plant, System.out, progress).run();
  }
}
