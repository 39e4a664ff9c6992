package org.tallystick.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Environment;
import org.tallystick.node.MovableClock;

/** Nodes that share one key folder and begin at the same moment end up with the same keys. */
class KeyFolderRaceTest {
  private static final int ROUNDS = 50;
  private static final byte[] PLAIN = "chain".getBytes(UTF_8);

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();

  private KeyVault vault(Path keys) {
    Environment environment = new Environment(Map.of("TALLYSTICK_KEYS", keys.toString()));
    return new NodeKeys().vault(environment, clock, new SecureRandom());
  }

  private record Node(KeyVault vault, byte[] wrapped) {
    void opens(Node other) {
      assertThat(vault.unwrap(other.wrapped, "c")).isEqualTo(PLAIN);
      assertThat(vault.checkValue()).isEqualTo(other.vault.checkValue());
      for (KeyUse use : KeyUse.values()) {
        assertThat(vault.signer(use).verificationKey())
            .isEqualTo(other.vault.signer(use).verificationKey());
      }
    }
  }

  private static void allOpenAll(List<Node> nodes) {
    nodes.forEach(node -> nodes.forEach(node::opens));
  }

  @Test
  void firstStart_ofNodesAtTheSameMoment_makesOnePasswordOneStoreOneDayKey() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Path keys = folder.resolve("keys-" + round);
      List<Node> nodes =
          AtOnce.run(
              3,
              i ->
                  () -> {
                    KeyVault vault = vault(keys);
                    return new Node(vault, vault.wrap(PLAIN, "c"));
                  });
      allOpenAll(nodes);
      try (Stream<Path> files = Files.walk(keys)) {
        assertThat(files.filter(Files::isRegularFile)).hasSize(3);
      }
    }
  }

  @Test
  void midnight_onNodesAtTheSameMoment_makesOneDayKey() throws Exception {
    List<KeyVault> vaults = List.of(vault(folder), vault(folder), vault(folder), vault(folder));
    for (int day = 0; day < ROUNDS; day++) {
      allOpenAll(
          AtOnce.run(
              vaults.size(), i -> () -> new Node(vaults.get(i), vaults.get(i).wrap(PLAIN, "c"))));
      clock.advance(Duration.ofDays(1));
    }
  }
}
