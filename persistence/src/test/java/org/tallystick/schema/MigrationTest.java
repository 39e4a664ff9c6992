package org.tallystick.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
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
}
