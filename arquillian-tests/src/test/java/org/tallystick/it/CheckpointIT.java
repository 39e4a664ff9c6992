package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.log.LogLine;
import org.tallystick.tree.Checkpoint;
import org.tallystick.tree.Inclusion;
import org.tallystick.tree.MerkleProof;
import org.tallystick.tree.MerkleTree;
import org.tallystick.verifier.VerifierProcess;

/**
 * Lines of payments get into the tree over all logs within seconds, and whoever asks can check that
 * it only grows.
 *
 * <p>TSE-15 and TSE-35 (evidence); docs/PROTOCOL.md section 9.1.
 */
final class CheckpointIT extends BankIT {
  @Test
  void payment_decided_isInTheTreeWithinSecondsAndItsProofHolds() throws InterruptedException {
    User user = user();
    Shop shop = shop();
    assertPays(user, shop, 1_00);
    byte[] first = leaf(user, 0);
    Checkpoint before = awaitIn(user, first);
    assertPays(user, shop, 2_00);
    byte[] second = leaf(user, 1);
    assertThat(inclusion(second, before.size())).as("a later line").isEmpty();
    Checkpoint after = awaitIn(user, second);

    assertThat(after.size()).isGreaterThan(before.size());
    assertThat(inclusion(first, after.size()).orElseThrow().holds(first, after)).isTrue();
    assertThat(
            MerkleProof.consistent(
                before.size(),
                before.root(),
                after.size(),
                after.root(),
                consistency(before.size(), after.size())))
        .isTrue();
    assertThat(user.phone().evidenceAgainstBank()).isEmpty();
  }

  @Test
  void evidence_ofLinesInTheTree_isVerifiedWithItsCheckpoint()
      throws IOException, InterruptedException {
    User user = user();
    Shop shop = shop();
    FinishedEntry paid = assertPays(user, shop, 3_00);
    awaitIn(user, leaf(user, 0));
    await("both lines in the tree", () -> verified(paid).contains("checkpoint=present"));
    assertThat(verified(paid)).contains("checkpoint=present bill=absent verdict=verified");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log/consistency",
        "log/consistency?from=0&to=1",
        "log/consistency?from=1",
        "log/consistency?from=2&to=1",
        "log/consistency?from=1&to=999999999999",
        "log/consistency?from=01&to=1",
        "log/consistency?from=-1&to=1",
        "log/consistency?from=x&to=1",
        "log/inclusion/AAAA?size=1",
        "log/inclusion/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "log/inclusion/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA?size=0",
        "log/inclusion/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA?size=999999999999"
      })
  void question_withOddValues_isRefused(String path) throws IOException, InterruptedException {
    assertProblem(send(request(api(path))), 400);
  }

  @Test
  void leaf_thatNobodyKnows_isNotFound() throws IOException, InterruptedException {
    User user = user();
    assertPays(user, shop(), 1_00);
    awaitIn(user, leaf(user, 0));
    String unknown = Base64Url.encode(new byte[MerkleTree.HASH_LENGTH]);
    assertProblem(send(request(api("log/inclusion/" + unknown + "?size=1"))), 404);
    HttpResponse<String> newest = send(request(api("log/checkpoint")));
    assertThat(newest.statusCode()).isEqualTo(200);
    assertThat(newest.headers().firstValue("Cache-Control").orElse("")).contains("max-age=1");
  }

  /** The leaf of a line of the user's phone. */
  private static byte[] leaf(User user, int payment) {
    LogLine line = user.phone().receipts().get(payment).line();
    return MerkleTree.leafHash(
        user.phone().identity().orElseThrow().binding().deviceId(), line.index(), line.head());
  }

  /** Waits until a leaf is in the tree; gives the checkpoint that the phone then holds. */
  private static Checkpoint awaitIn(User user, byte[] leaf) throws InterruptedException {
    List<Checkpoint> held = new ArrayList<>();
    await(
        "a leaf in the tree",
        () -> {
          Optional<Checkpoint> newest = user.phone().checkpoint().value();
          newest.ifPresent(held::add);
          return newest
              .filter(
                  checkpoint ->
                      inclusion(leaf, checkpoint.size())
                          .filter(where -> where.holds(leaf, checkpoint))
                          .isPresent())
              .isPresent();
        });
    return held.get(held.size() - 1);
  }

  private static Optional<Inclusion> inclusion(byte[] leaf, long size) {
    var reply = client().get("/log/inclusion/" + Base64Url.encode(leaf) + "?size=" + size, null);
    return reply.good()
        ? Optional.of(new Inclusion(reply.body().path("position").asLong(), hashes(reply.body())))
        : Optional.empty();
  }

  private static List<byte[]> consistency(long from, long to) {
    return hashes(client().mustGet("/log/consistency?from=" + from + "&to=" + to, null).body());
  }

  private static List<byte[]> hashes(JsonNode body) {
    List<byte[]> hashes = new ArrayList<>();
    body.path("proof").forEach(hash -> hashes.add(Base64Url.decode(hash.asText())));
    return hashes;
  }

  private static String verified(FinishedEntry paid) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Path bundle =
          Files.writeString(
              folder().resolve("tree-" + paid.number()), office().evidence(paid.number()));
      String root = client().mustGet("/keys", null).text("root");
      VerifierProcess.run(
          new String[] {bundle.toString(), "--root", root},
          new PrintStream(out, true, StandardCharsets.UTF_8),
          System.err);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
