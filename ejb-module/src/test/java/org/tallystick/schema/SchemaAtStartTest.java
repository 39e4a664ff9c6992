package org.tallystick.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.device.DevicesFixture;
import org.tallystick.keys.Bank;
import org.tallystick.keys.NodeKeys;
import org.tallystick.ledger.LedgerFixture;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Environment;
import org.tallystick.node.MovableClock;
import org.tallystick.node.Server;
import org.tallystick.node.ServerResources;
import org.tallystick.screening.RequiredListsFixture;
import org.tallystick.wallet.OwnBinsFixture;
import org.tallystick.wallet.WalletFixture;

/** Nodes that begin on one database: those that do not belong to it are refused. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class SchemaAtStartTest {
  private static final int RACES = 8;
  private static final String CONSORTIUM = "TALLYSTICK_CONSORTIUM";

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();

  private static final class Resources extends ServerResources {
    private final DataSource database;

    Resources(DataSource database) {
      this.database = database;
    }

    @Override
    public DataSource database() {
      return database;
    }
  }

  private SchemaAtStart node(DataSource database, Path keys, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("TALLYSTICK_KEYS", keys.toString());
    Environment environment = new Environment(variables);
    SchemaAtStart node = new SchemaAtStart();
    node.resources = new Resources(database);
    node.environment = environment;
    node.vault = new NodeKeys().vault(environment, clock, new SecureRandom());
    node.bank = new Bank(environment);
    node.currency = LedgerFixture.defaultCurrency(environment);
    node.ownBins = OwnBinsFixture.of(environment);
    node.newDeviceLimit = DevicesFixture.newDeviceLimit(environment);
    node.termsLimit = DevicesFixture.termsLimit(environment);
    node.limitDelay = WalletFixture.limitDelay(environment);
    node.requiredLists = RequiredListsFixture.of(environment);
    return node;
  }

  private void start(DataSource database, Path keys, Map<String, String> more) {
    node(database, keys, more).migrate();
  }

  private static String setting(DataSource database, String name) throws SQLException {
    try (var connection = database.getConnection();
        var query =
            connection.prepareStatement(
                "select value || ' by ' || node from bank_setting where name = ?")) {
      query.setString(1, name);
      try (var found = query.executeQuery()) {
        found.next();
        return found.getString(1);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void firstStart_ofNodesAtTheSameMoment_onAnEmptyDatabaseAndFolder_isGood() throws Exception {
    for (int race = 0; race < RACES; race++) {
      DataSource database = Server.emptyDatabase();
      Path keys = folder.resolve("keys-" + race);
      AtOnce.run(
          2,
          i ->
              () -> {
                start(database, keys, Map.of("TALLYSTICK_NODE", "node-" + i));
                return true;
              });
      assertThat(setting(database, "consortium")).startsWith("TL by node-");
    }
  }

  @Test
  void firstStart_ofTwoBanksAtTheSameMoment_takesOneOfThem() throws Exception {
    for (int race = 0; race < 10; race++) {
      DataSource database = Server.emptyDatabase();
      Path keys = folder.resolve("keys-" + race);
      List<Boolean> taken =
          AtOnce.run(
              2,
              i ->
                  () -> {
                    try {
                      start(database, keys, Map.of(CONSORTIUM, i == 0 ? "AA" : "BB"));
                      return true;
                    } catch (IllegalStateException e) {
                      assertThat(e).hasMessageContaining(CONSORTIUM);
                      return false;
                    }
                  });
      assertThat(taken).containsOnlyOnce(true);
    }
  }

  @Test
  void consortium_thatIsNotTheDatabases_isRefusedByName() {
    DataSource database = Server.emptyDatabase();
    start(database, folder, Map.of(CONSORTIUM, "AA"));
    start(database, folder, Map.of(CONSORTIUM, "AA"));
    assertThatThrownBy(
            () -> start(database, folder, Map.of(CONSORTIUM, "BB", "TALLYSTICK_NODE", "node-2")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "TALLYSTICK_CONSORTIUM is BB on node-2, but this database belongs to a bank whose"
                + " consortium is AA, which cannot be changed: start this node with"
                + " TALLYSTICK_CONSORTIUM=AA, or with another database");
  }

  @Test
  void currency_thatIsNotTheDatabases_isRefusedByName() {
    DataSource database = Server.emptyDatabase();
    start(database, folder, Map.of());
    assertThatThrownBy(() -> start(database, folder, Map.of("TALLYSTICK_CURRENCY", "EUR")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TALLYSTICK_CURRENCY is EUR")
        .hasMessageContaining("TALLYSTICK_CURRENCY=USD");
  }

  @Test
  void ownBinsAndName_mayChange_andTheirOrderIsNoChange() throws Exception {
    DataSource database = Server.emptyDatabase();
    start(database, folder, Map.of("TALLYSTICK_BINS", "22222222, 11111111"));
    start(
        database,
        folder,
        Map.of("TALLYSTICK_BINS", "11111111,22222222", "TALLYSTICK_NODE", "node-2"));
    assertThat(setting(database, "own BINs")).isEqualTo("11111111,22222222 by node-1");
    start(
        database,
        folder,
        Map.of("TALLYSTICK_BINS", "33333333", "TALLYSTICK_BANK_NAME", "New Bank"));
    assertThat(setting(database, "own BINs")).isEqualTo("33333333 by node-1");
    assertThat(setting(database, "bank name")).isEqualTo("New Bank by node-1");
  }

  @Test
  void termsLimit_mayChange_andIsWrittenDown() throws Exception {
    DataSource database = Server.emptyDatabase();
    start(database, folder, Map.of());
    assertThat(setting(database, "terms limit")).isEqualTo("2500 by node-1");
    start(database, folder, Map.of("TALLYSTICK_TERMS_LIMIT", "0", "TALLYSTICK_NODE", "node-2"));
    assertThat(setting(database, "terms limit")).isEqualTo("0 by node-2");
  }

  @Test
  void anotherKeyEncryptionKey_isRefused_sayingWhatToDo() {
    DataSource database = Server.emptyDatabase();
    start(database, folder.resolve("own"), Map.of());
    assertThatThrownBy(() -> start(database, folder.resolve("other"), Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another key-encryption key")
        .hasMessageContaining("TALLYSTICK_KEYS");
  }

  private List<String> errorsOf(DayKeyWatch watch, Runnable then) {
    List<String> errors = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            errors.add(line.getLevel() + " " + line.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger log = Logger.getLogger(DayKeyWatch.class.getName());
    log.addHandler(handler);
    try {
      then.run();
      watch.look();
    } finally {
      log.removeHandler(handler);
    }
    return errors;
  }

  private static DayKeyWatch watch(SchemaAtStart node) {
    DayKeyWatch watch = new DayKeyWatch();
    watch.resources = node.resources;
    watch.vault = node.vault;
    watch.environment = node.environment;
    watch.begin();
    return watch;
  }

  @Test
  void copiedKeyFolder_onRunningNodes_isAnErrorEachMinute_onceADayHasBegun() throws Exception {
    DataSource database = Server.emptyDatabase();
    SchemaAtStart own = node(database, folder.resolve("own"), Map.of());
    own.migrate();
    copy(folder.resolve("own"), folder.resolve("copied"));
    SchemaAtStart second = node(database, folder.resolve("copied"), Map.of());
    second.migrate();
    DayKeyWatch first = watch(own);
    DayKeyWatch copied = watch(second);
    assertThat(errorsOf(copied, () -> {})).isEmpty();
    clock.advance(Duration.ofDays(1));
    assertThat(errorsOf(first, () -> {})).isEmpty();
    assertThat(errorsOf(copied, copied::look))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("SEVERE", "TALLYSTICK_KEYS"));
    assertThat(errorsOf(first, first::look)).isEmpty();
  }

  @Test
  void copiedKeyFolder_isRefused_onceItsDayKeysDiffer() throws Exception {
    DataSource database = Server.emptyDatabase();
    Path own = folder.resolve("own");
    Path copied = folder.resolve("copied");
    start(database, own, Map.of());
    copy(own, copied);
    assertThatCode(() -> start(database, own, Map.of())).doesNotThrowAnyException();
    clock.advance(Duration.ofDays(1));
    start(database, own, Map.of());
    assertThatThrownBy(() -> start(database, copied, Map.of("TALLYSTICK_NODE", "node-2")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("day key on node-2")
        .hasMessageContaining("TALLYSTICK_KEYS");
    start(database, own, Map.of());
  }
}
