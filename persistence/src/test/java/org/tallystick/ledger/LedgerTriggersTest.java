package org.tallystick.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.ledger.Books.book;
import static org.tallystick.ledger.Books.funded;
import static org.tallystick.ledger.Books.order;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.schema.Database;

/** The database itself keeps the books straight, whatever program writes to it. */
class LedgerTriggersTest {
  @Test
  void entry_thatDoesNotBalance_cannotCommit() throws Exception {
    long account = funded(0, "USD");
    UUID entry = UUID.randomUUID();
    refusedAtCommit("does not balance", entryRow(entry), postingRow(entry, 1, account, 5, "USD"));
  }

  @Test
  void entry_thatBalancesOnlyAcrossCurrencies_cannotCommit() throws Exception {
    long dollars = funded(0, "USD");
    long euros = funded(0, "EUR");
    UUID entry = UUID.randomUUID();
    refusedAtCommit(
        "does not balance",
        entryRow(entry),
        postingRow(entry, 1, dollars, 5, "USD"),
        postingRow(entry, 2, euros, -5, "EUR"));
  }

  @Test
  void entry_withoutPostings_cannotCommit() {
    refusedAtCommit("has no postings", entryRow(UUID.randomUUID()));
  }

  @Test
  void posting_addedLater_cannotCommit() throws Exception {
    long payer = funded(100, "USD");
    Transfer order = order(payer, funded(0, "USD"), 10, "USD");
    book(order);
    refusedAtCommit("does not balance", postingRow(order.entryId(), 3, payer, 5, "USD"));
  }

  @Test
  void posting_inAnotherCurrencyThanItsAccount_isRefused() throws Exception {
    long euros = funded(0, "EUR");
    UUID entry = UUID.randomUUID();
    refusedAtCommit("foreign key", entryRow(entry), postingRow(entry, 1, euros, 5, "USD"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update posting set amount_minor = amount_minor + 1",
        "delete from posting",
        "truncate posting cascade",
        "update journal_entry set kind = 'OTHER'",
        "delete from journal_entry",
        "truncate journal_entry cascade",
        "update party_transition set reason = 'other'",
        "update party_transition set reason = 'erased'",
        "delete from party_transition"
      })
  void record_once_written_cannotBeChanged(String sql) throws Exception {
    funded(1, "USD");
    moved(Database.party());
    refusedAtCommit("append-only", sql);
  }

  private static void moved(long party) throws Exception {
    try (Connection connection = Database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into party_transition (id, party_id, from_state, to_state, actor, reason, at)"
              + " values (nextval('party_transition_seq'), "
              + party
              + ", 'APPROVED', 'ACTIVE', 'ann', 'why', now())");
      connection.commit();
    }
  }

  private static String entryRow(UUID id) {
    return "insert into journal_entry values ('" + id + "', 'TEST', 't', now(), null)";
  }

  private static String postingRow(UUID id, int line, long account, long minor, String currency) {
    return "insert into posting values ('%s', %d, %d, %d, '%s')"
        .formatted(id, line, account, minor, currency);
  }

  private static void refusedAtCommit(String reason, String... statements) {
    assertThatThrownBy(
            () -> {
              try (Connection connection = Database.connect();
                  Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                  statement.execute(sql);
                }
                connection.commit();
              }
            })
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(reason);
  }
}
