package org.tallystick.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Environment;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;

@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class KeySetsRaceTest {
  private static final int ROUNDS = 50;
  private static final int NODES = 3;

  @TempDir Path keys;

  private static boolean publish(BackOffice office, KeySets keySets) {
    return Server.inTransaction(
        office.entities,
        () -> {
          keySets.publish();
          return true;
        });
  }

  @Test
  void publish_byNodesAtTheSameMoment_givesOneEdition() throws Exception {
    List<BackOffice> offices =
        List.of(new BackOffice(keys), new BackOffice(keys), new BackOffice(keys));
    List<KeySets> nodes =
        offices.stream()
            .map(office -> KeySetsFixture.over(office, new Bank(office.environment)))
            .toList();
    BackOffice first = offices.get(0);
    for (int round = 0; round < ROUNDS; round++) {
      Server.inTransaction(
          first.entities,
          () -> first.entities.createNativeQuery("delete from bank_key_set").executeUpdate());
      AtOnce.run(NODES, i -> () -> publish(offices.get(i), nodes.get(i)));
      Object count =
          first.entities.createNativeQuery("select count(*) from bank_key_set").getSingleResult();
      assertThat(count).as("round %d", round).isEqualTo(1L);
    }
  }

  @Test
  void publish_underAnotherRoot_saysSo(@TempDir Path others) {
    BackOffice office = new BackOffice(keys);
    KeySets keySets = KeySetsFixture.over(office, new Bank(office.environment));
    keySets.vault = new BackOffice(others).vault;
    assertThatThrownBy(() -> publish(office, keySets))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("root key");
  }

  @Test
  void publish_forAnotherConsortium_saysSo() {
    BackOffice office = new BackOffice(keys);
    KeySets keySets = KeySetsFixture.over(office, new Bank(office.environment));
    keySets.bank = new Bank(new Environment(Map.of("TALLYSTICK_CONSORTIUM", "XX")));
    assertThatThrownBy(() -> publish(office, keySets))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("consortium XX");
  }

  /** Two nodes write, over and over, while somebody reads: what is read is whole. */
  @Test
  void rootFingerprint_writtenByNodesAtTheSameMoment_isNeverReadInPart() throws Exception {
    Path file = keys.resolve("data").resolve("root-fingerprint");
    List<String> lines = List.of("a".repeat(43) + "\n", "b".repeat(43) + "\n");
    KeySetAtStart.write(file, lines.get(0));
    AtomicBoolean done = new AtomicBoolean();
    Callable<Integer> writer =
        () -> {
          for (int i = 0; i < 1_000; i++) {
            KeySetAtStart.write(file, lines.get(i % 2));
          }
          done.set(true);
          return 0;
        };
    Callable<Integer> reader =
        () -> {
          int reads = 0;
          while (!done.get()) {
            assertThat(Files.readString(file)).isIn(lines);
            reads++;
          }
          return reads;
        };
    List<Integer> counts = AtOnce.run(3, i -> i == 0 ? reader : writer);
    assertThat(counts.get(0)).isPositive();
    try (var left = Files.list(file.getParent())) {
      assertThat(left).containsExactly(file);
    }
  }
}
