package org.tallystick.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

class MigrationTest {
  @Test
  void migration_runAgain_hasNothingToDo() {
    Database.dataSource();
    assertThat(Migration.run(Database.dataSource())).isZero();
  }

  @Test
  void keyCheck_sameKey_passes_otherKey_isRefused() {
    byte[] first = new byte[32];
    byte[] other = new byte[32];
    other[0] = 1;
    KeyCheck.require(Database.dataSource(), first);
    KeyCheck.require(Database.dataSource(), first);
    assertThatThrownBy(() -> KeyCheck.require(Database.dataSource(), other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another key-encryption key");
  }

  @Test
  void newSession_waitsForLocks_onlyBriefly() throws Exception {
    Database.dataSource();
    try (Connection connection = Database.connect();
        Statement statement = connection.createStatement();
        var shown = statement.executeQuery("show lock_timeout")) {
      shown.next();
      assertThat(shown.getString(1)).isEqualTo("5s");
    }
  }

  /** A wallet of before: what draws on our own books may be paid with as ever. */
  @Test
  void walletOfBefore_isVerified_butForCardsOfOtherBanks_andInTheOrderOfAdding() throws Exception {
    Database.dataSource();
    try (Connection connection = Database.connect();
        Statement statement = connection.createStatement()) {
      inSchemaOfBefore().target("12").load().migrate();
      statement.execute("set search_path = before");
      statement.execute(
          """
          insert into party (id, registration, kind, role, state, name_sealed, token_hash,
            account_identifier, contract_id, account_binding_sealed, contract_version,
            contract_hash, registered_at, version)
          values (1, substr(sha256('r'), 1, 16), 'PERSON', 'USER', 'ACTIVE', 'x', sha256('t'),
            substr(sha256('a'), 1, 16), substr(sha256('c'), 1, 16), 'x', 1, sha256('x'), now(), 0)
          """);
      statement.execute(
          "insert into ledger_account (id, kind, normal_side, currency, party_id, state, opened_at)"
              + " values (7, 'DEPOSIT', 'CREDIT', 'USD', 1, 'OPEN', now())");
      statement.execute(
          """
          insert into instrument (id, public_id, party_id, kind, shorthand, shorthand_key,
            ledger_account_id, pan_sealed, pan_hash, bin, last_four, expiry, preferred, removed,
            added_at, version)
          values
            (10, substr(sha256('1'), 1, 16), 1, 'ACCOUNT', 'a', 'a', 7, null, null, null, null,
             null, true, false, now(), 0),
            (11, substr(sha256('2'), 1, 16), 1, 'CARD', 'b', 'b', null, 'x', sha256('p'),
             '41111111', '1111', '2031-12', false, false, now(), 0),
            (12, substr(sha256('3'), 1, 16), 1, 'CARD', 'c', 'c', 7, 'x', sha256('q'),
             '99990000', '0004', '2031-12', false, false, now(), 0)
          """);
      connection.commit();
      inSchemaOfBefore().target("19").load().migrate();
      StringBuilder found = new StringBuilder();
      try (var rows =
          statement.executeQuery("select verification, place from instrument order by id")) {
        while (rows.next()) {
          found.append(rows.getString(1)).append(' ').append(rows.getInt(2)).append(';');
        }
      }
      assertThat(found.toString()).isEqualTo("VERIFIED 1;UNVERIFIED 2;VERIFIED 3;");
      assertThatThrownBy(() -> inSchemaOfBefore().load().migrate())
          .as("sealed under a key that nobody opens it with any more")
          .hasMessageContaining("parties from before have no key of their own");
      statement.execute("drop schema before cascade");
      connection.commit();
    }
  }

  private static FluentConfiguration inSchemaOfBefore() {
    return Flyway.configure(Migration.class.getClassLoader())
        .dataSource(Database.dataSource())
        .schemas("before")
        .locations("classpath:db/migration");
  }
}
