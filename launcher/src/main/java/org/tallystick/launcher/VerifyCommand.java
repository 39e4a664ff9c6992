package org.tallystick.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tallystick.launcher.demo.VerifierChild;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tallystick verify}: the auditor's check in a process without a bank. */
@Command(
    name = "verify",
    description = {
      "Checks an evidence bundle with nothing but the bank's root public key.",
      "Exits 0 where all of it holds, 1 where something does not."
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The bundle, base64url or CBOR.")
  private Path file = Path.of("");

  @Option(
      names = "--root",
      paramLabel = "KEY",
      required = true,
      description = "The bank's root public key, base64url, 33 bytes.")
  private String root = "";

  @Option(names = "--bill", paramLabel = "FILE", description = "The bill, where a party has it.")
  private @Nullable Path bill;

  @Option(
      names = "--plant",
      paramLabel = "BUG",
      description = "flip-byte: one byte of a copy of the bundle is changed; it must be refused.")
  private @Nullable String plant;

  @Override
  public Integer call() throws IOException {
    if (plant == null) {
      return verify(file);
    }
    if (!plant.equals("flip-byte")) {
      throw new LaunchException("no such bug: " + plant + "; there is flip-byte");
    }
    Path copy = Files.createTempFile("evidence-", "-flipped");
    try {
      Files.write(copy, flipped(Files.readAllBytes(file)));
      return verify(copy);
    } finally {
      Files.delete(copy);
    }
  }

  private int verify(Path bundle) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(bundle.toString(), "--root", root));
    if (bill != null) {
      arguments.addAll(List.of("--bill", bill.toString()));
    }
    return VerifierChild.exitCode(arguments, System.out);
  }

  /** With its middle character another one of the same alphabet. */
  private static byte[] flipped(byte[] bundle) {
    int middle = bundle.length / 2;
    bundle[middle] = (byte) (bundle[middle] == 'A' ? 'B' : 'A');
    return bundle;
  }
}
