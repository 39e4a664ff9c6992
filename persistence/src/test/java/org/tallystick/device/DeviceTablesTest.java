package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.tallystick.schema.Database;

/** What the schema itself refuses, whoever writes. */
class DeviceTablesTest {
  private static final String OFFERED =
      """
      insert into enrolment (id, party_id, state, offer, code_wrapped, hpke_scalar_wrapped,
        issued_at, expires_at, version)
      values (uuid_send(gen_random_uuid()), %d, 'OFFERED', 'o', 'c', 's', now(), now(), 0)
      """;

  private static void run(String... statements) throws SQLException {
    try (Connection connection = Database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.rollback();
    }
  }

  @Test
  void secondOpenEnrolment_ofAParty_isRefused() throws SQLException {
    String offered = OFFERED.formatted(Database.party());
    assertThatThrownBy(() -> run(offered, offered))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("enrolment_open_of_party");
  }

  @Test
  void endedEnrolment_thatKeepsASecret_isRefused() throws SQLException {
    String offered = OFFERED.formatted(Database.party());
    assertThatThrownBy(
            () ->
                run(
                    offered,
                    "update enrolment set state = 'EXPIRED', ended_at = now(), code_wrapped = null"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("violates check constraint");
  }

  @Test
  void boundEnrolment_withoutItsAnswer_isRefused() throws SQLException {
    String offered = OFFERED.formatted(Database.party());
    assertThatThrownBy(() -> run(offered, "update enrolment set state = 'BOUND'"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("violates check constraint");
  }

  @Test
  void transitions_areWrittenOnce() {
    assertThatThrownBy(() -> run("delete from device_transition"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("append-only");
  }
}
