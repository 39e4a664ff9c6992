package org.tallystick.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    boolean held;
    try (LocalBank bank = LocalBank.start(folder.resolve("bank"), 0, Map.of(), progress)) {
      held = new Demo(bank, folder, plant, System.out, progress).run();
      System.out.flush();
      progress.say("look at  " + folder + " (devices, evidence, bank/log)");
      if (keep) {
        progress.say("bank     " + bank.server().baseUri() + "  Ctrl-C stops it.");
        bank.server().waitFor();
      }
    }
    return held ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
