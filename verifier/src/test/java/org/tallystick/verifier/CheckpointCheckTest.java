package org.tallystick.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.tree.Inclusion;
import org.tallystick.tree.SignedCheckpoint;

/** The published bundle whose lines are in the tree, and what is wrong with others. */
class CheckpointCheckTest {
  private final EvidenceBundle good = EvidenceBundle.decode(published("bundle"));
  private final VerificationKey root = VerificationKey.ofPoint(published("rootPublic"));

  private static byte[] published(String member) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("testdata/protocol"))) {
      folder = folder.getParent();
    }
    try {
      String all = Files.readString(folder.resolve("testdata/protocol/checkpoints.json"));
      String vector = all.substring(all.indexOf("\"evidence-in-tree\""));
      Matcher found = Pattern.compile("\"" + member + "\" : \"([0-9a-f]+)\"").matcher(vector);
      assertThat(found.find()).isTrue();
      return HexFormat.of().parseHex(found.group(1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> failed(EvidenceBundle bundle) {
    return new EvidenceVerifier(root)
        .verify(EvidenceBundle.decode(bundle.encode())).stream()
            .filter(finding -> !finding.holds())
            .map(Finding::step)
            .distinct()
            .toList();
  }

  private EvidenceBundle with(List<EvidenceSide> sides, @Nullable SignedCheckpoint checkpoint) {
    return new EvidenceBundle(
        good.consortium(), good.keySet(), good.number(), sides, good.bill(), checkpoint);
  }

  private EvidenceBundle moved(Inclusion first) {
    return with(List.of(good.sides().get(0).in(first), good.sides().get(1)), good.checkpoint());
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] other = bytes.clone();
    other[other.length - 1] ^= 1;
    return other;
  }

  @Test
  void verify_linesInTheTree_holds() {
    assertThat(failed(good)).isEmpty();
    assertThat(new EvidenceVerifier(root).verify(good))
        .filteredOn(finding -> finding.step().equals("V8"))
        .hasSize(3);
  }

  @Test
  void verify_checkpointOfAnotherSignature_failsV8() {
    SignedCheckpoint signed = good.checkpoint();
    assertThat(failed(with(good.sides(), new SignedCheckpoint(signed.sign1(), null))))
        .containsExactly("V8");
    assertThat(
            failed(
                with(good.sides(), new SignedCheckpoint(flipped(signed.sign1()), signed.second()))))
        .containsExactly("V8");
    assertThat(
            failed(
                with(good.sides(), new SignedCheckpoint(signed.sign1(), flipped(signed.second())))))
        .containsExactly("V8");
  }

  @Test
  void verify_anotherPlaceOrProof_failsV8() {
    Inclusion right = good.sides().get(0).inclusion();
    assertThat(failed(moved(right))).isEmpty();
    assertThat(failed(moved(new Inclusion(right.position() + 1, right.proof()))))
        .containsExactly("V8");
    assertThat(failed(moved(new Inclusion(7, right.proof())))).containsExactly("V8");
    assertThat(failed(moved(good.sides().get(1).inclusion()))).containsExactly("V8");
    for (int i = 0; i < right.proof().size(); i++) {
      List<byte[]> proof = new ArrayList<>(right.proof());
      proof.set(i, flipped(proof.get(i)));
      assertThat(failed(moved(new Inclusion(right.position(), proof)))).containsExactly("V8");
    }
  }

  @Test
  void run_resultLine_saysWhetherThereIsACheckpoint(@TempDir Path folder) throws IOException {
    assertThat(said(folder, good)).contains(" checkpoint=present bill=present verdict=verified");
    List<EvidenceSide> plain = new ArrayList<>();
    good.sides().forEach(side -> plain.add(side.in(null)));
    assertThat(said(folder, with(plain, null)))
        .contains(" checkpoint=absent bill=present verdict=verified");
  }

  private String said(Path folder, EvidenceBundle bundle) throws IOException {
    Path file = folder.resolve("bundle");
    Files.write(file, bundle.encode());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] args = {file.toString(), "--root", Base64Url.encode(root.compressed())};
    VerifierProcess.run(args, new PrintStream(out), new PrintStream(out));
    return out.toString(StandardCharsets.UTF_8);
  }
}
