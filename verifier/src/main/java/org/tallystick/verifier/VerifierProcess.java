package org.tallystick.verifier;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.evidence.EvidenceBundle;

/**
 * The verifier as a program: {@code verify FILE --root KEY [--bill FILE]}. FILE holds a bundle in
 * base64url or as raw CBOR; KEY is the root public key, 33 bytes in base64url. Prints one JSON line
 * for each step and ends with {@code result verify …}; exit 0 only if every step holds, 1 if one
 * does not, 2 if it could not be tried.
 */
public final class VerifierProcess {
  // base64url is a third longer
  private static final long MAX_FILE = EvidenceBundle.MAX_LENGTH / 3 * 4;

  private VerifierProcess() {}

  /** Entry point. */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  /** As a method, for who already runs. */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    try {
      String root = option(args, "--root");
      if (args.length == 0 || root == null || args[0].startsWith("--")) {
        err.println("usage: verify FILE --root KEY [--bill FILE]");
        err.println(
            "  FILE  evidence bundle, as GET /api/v1/transactions/NUMBER/evidence gives it");
        err.println("  KEY   the bank's root public key, base64url, 33 bytes");
        return 2;
      }
      EvidenceBundle bundle = EvidenceBundle.decode(read(Path.of(args[0])));
      String bill = option(args, "--bill");
      if (bill != null) {
        bundle =
            new EvidenceBundle(
                bundle.consortium(),
                bundle.keySet(),
                bundle.number(),
                bundle.sides(),
                read(Path.of(bill)),
                bundle.checkpoint());
      }
      VerificationKey key = VerificationKey.ofPoint(Base64Url.decode(root));
      return report(bundle, new EvidenceVerifier(key).verify(bundle), out);
    } catch (IOException unreadable) {
      err.println("cannot read " + unreadable.getMessage());
      return 2;
    } catch (IllegalArgumentException malformed) {
      err.println("not what it should be: " + malformed.getMessage());
      out.println("result verify verdict=refused reason=malformed");
      return 1;
    }
  }

  private static int report(EvidenceBundle bundle, List<Finding> findings, PrintStream out) {
    for (Finding finding : findings) {
      out.printf(
          "{\"step\":\"%s\",\"holds\":%s,\"what\":\"%s\"}%n",
          finding.step(), finding.holds(), finding.what().replace('"', '\''));
    }
    boolean holds = EvidenceVerifier.holds(findings);
    long failed = findings.stream().filter(finding -> !finding.holds()).count();
    if (holds) {
      out.println("evidence verified");
    }
    out.printf(
        "result verify number=%s steps=%d failed=%d agreements=%d checkpoint=%s bill=%s"
            + " verdict=%s%n",
        bundle.number(),
        findings.size(),
        failed,
        bundle.sides().stream().filter(side -> side.agreement() != null).count(),
        bundle.checkpoint() == null ? "absent" : "present",
        bundle.bill() == null ? "absent" : "present",
        holds ? "verified" : "refused");
    return holds ? 0 : 1;
  }

  private static @Nullable String option(String[] args, String name) {
    int at = Arrays.asList(args).indexOf(name);
    return at >= 0 && at + 1 < args.length ? args[at + 1] : null;
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE) {
      throw new IllegalArgumentException("file of more bytes than a bundle has");
    }
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).strip();
    return text.matches("[A-Za-z0-9_-]+") ? Base64Url.decode(text) : bytes;
  }
}
