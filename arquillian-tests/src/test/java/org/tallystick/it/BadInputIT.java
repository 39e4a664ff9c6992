package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.launcher.portability.BadInput;

/**
 * Requests that no client should make: each is refused in one form that tells nothing of the
 * inside, and changes nothing in any table. The portability run tries the same set on every full
 * server.
 *
 * <p>TSE-09, TSE-10: what arrives where codes are taken, and beside it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputIT extends BankIT {
  private BankTables before;

  private static List<BadInput> all() {
    return BadInput.all();
  }

  @BeforeAll
  void look() throws InterruptedException {
    before = BankTables.quiet();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void badInput_atTheServer_isRefused_tellsNothing_andChangesNothing(BadInput input)
      throws IOException, InterruptedException {
    assertThat(input.faults(HTTP, baseUri())).isEmpty();
    before = before.assertUnchanged(input.name());
  }

  /** The watch itself: one row changed and changed back is seen both times. */
  @Test
  void watch_seesOneChangedRow() throws SQLException, IOException {
    BankTables first = BankTables.now();
    try (Connection bank = BankTables.connect();
        Statement statement = bank.createStatement()) {
      statement.executeUpdate("create table planted (what text)");
      try {
        BankTables empty = BankTables.now();
        assertThat(empty.changedSince(first)).hasSize(1).first().asString().contains("planted");
        statement.executeUpdate("insert into planted values ('a')");
        BankTables one = BankTables.now();
        assertThat(one.changedSince(empty)).hasSize(1);
        statement.executeUpdate("update planted set what = 'b'");
        assertThat(BankTables.now().changedSince(one)).hasSize(1);
      } finally {
        statement.executeUpdate("drop table planted");
      }
    }
    assertThat(BankTables.now()).isEqualTo(first);
  }
}
