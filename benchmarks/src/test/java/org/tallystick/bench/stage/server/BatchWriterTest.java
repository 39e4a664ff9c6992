package org.tallystick.bench.stage.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.bench.stage.StageDatabase;

class BatchWriterTest {
  @TempDir private static Path work;
  private static StageDatabase database;
  private static BatchWriter writer;

  @BeforeAll
  static void start() throws Exception {
    database = new StageDatabase(work, StageSettings.Plant.NONE);
    writer = new BatchWriter(database.dataSource());
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
  }

  @Test
  void store_sameHalfTwice_changesNothingTheSecondTime() throws Exception {
    Half half = half(UUID.randomUUID(), 1, 7, 100);
    assertThat(writer.store(List.of(half))).isEmpty();
    long stored = database.stored();
    assertThat(writer.store(List.of(half))).isEmpty();
    assertThat(database.stored()).isEqualTo(stored);
    assertThat(database.number("select last from sequencer where device = 7")).isEqualTo(100);
  }

  @Test
  void store_bothHalves_marksThePaymentPaired() throws Exception {
    UUID transaction = UUID.randomUUID();
    String paired =
        "select count(*) from payment where paired and transaction = '" + transaction + "'";
    writer.store(List.of(half(transaction, 1, 8, 200)));
    assertThat(database.number(paired)).isZero();
    writer.store(List.of(half(transaction, 2, 9, 201)));
    assertThat(database.number(paired)).isEqualTo(1);
  }

  @Test
  void store_oneBadHalfInBatch_storesTheOthersAndNamesIt() throws Exception {
    UUID transaction = UUID.randomUUID();
    Half bad = half(transaction, 9, 10, 300);
    Half stranger = half(transaction, 1, -1, 301);
    Half good = half(transaction, 2, 11, 302);
    assertThat(writer.store(List.of(bad, stranger, good))).containsOnlyKeys(bad, stranger);
    assertThat(
            database.number("select count(*) from half where transaction = '" + transaction + "'"))
        .isEqualTo(1);
  }

  @Test
  void store_numberTakenByAnotherHalf_leavesTheFirst() throws Exception {
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();
    writer.store(List.of(half(first, 1, 12, 400)));
    assertThat(writer.store(List.of(half(second, 1, 12, 400)))).isEmpty();
    assertThat(database.number("select count(*) from half where transaction = '" + second + "'"))
        .isZero();
    assertThat(database.number("select count(*) from payment where transaction = '" + second + "'"))
        .isZero();
  }

  private static Half half(UUID transaction, int role, long device, long n) {
    return new Half(transaction, role, device, n, 0, "body");
  }
}
