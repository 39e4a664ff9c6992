package org.tallystick.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.privacy.ErasureRows.After;
import org.tallystick.privacy.ErasureRows.Due;
import org.tallystick.schema.Database;

/** Who is due, among many thousands who have left: the planner, left alone, takes the index. */
class ErasurePlanTest {
  /** Ids that no other test uses. */
  private static final int BEYOND = 1_000_000;

  private static final int ROWS = 20_000;
  private static final OffsetDateTime LAST =
      OffsetDateTime.of(2011, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
  private Connection connection;

  /** Each second one was active, each third left; the 400 institutions have 50 each. */
  @BeforeEach
  void fill() throws SQLException {
    connection = Database.dataSource().getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local session_replication_role = replica");
      statement.execute(
          """
          insert into party (id, registration, kind, role, state, name_sealed, token_hash,
            account_identifier, contract_id, account_binding_sealed, contract_version,
            contract_hash, registered_at, version, institution_id, activated_at, ended_at)
          select -%d - i, uuid_send(gen_random_uuid()), 'PERSON', 'USER',
            case when i %% 3 = 0 then 'CLOSED' else 'ACTIVE' end, 'x',
            sha256(uuid_send(gen_random_uuid())), uuid_send(gen_random_uuid()),
            uuid_send(gen_random_uuid()), 'x', 1, sha256('x'), now(), 0, -1 - i / 50,
            case when i %% 2 = 0 then '1999-01-01Z'::timestamptz end,
            case when i %% 3 = 0 then '2000-01-01Z'::timestamptz + i * interval '1 hour' end
          from generate_series(1, %d) i
          """
              .formatted(BEYOND, ROWS));
      statement.execute("analyze party");
    }
  }

  @AfterEach
  void forget() throws SQLException {
    connection.rollback();
    connection.close();
  }

  @ParameterizedTest
  @CsvSource({
    "false, party_ended_active, party_ended_never",
    "true, party_ended_active_of_institution, party_ended_never_of_institution"
  })
  void due_amongMany_readsBothIndexesInOrder(boolean ofInstitution, String active, String never)
      throws SQLException {
    String plan = plan(ofInstitution);
    assertThat(plan)
        .contains("Scan using " + active + " on", "Scan using " + never + " on")
        .doesNotContain("Seq Scan", "Bitmap");
  }

  private String plan(boolean ofInstitution) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("explain " + ErasureStatements.due(ofInstitution))) {
      int at = 1;
      for (int i = 0; i < 2; i++) {
        query.setObject(at++, LAST);
        query.setObject(at++, LAST.minusYears(9));
        query.setLong(at++, 5);
        if (ofInstitution) {
          query.setLong(at++, -7);
        }
        query.setInt(at++, 51);
      }
      query.setInt(at, 51);
      StringBuilder plan = new StringBuilder();
      try (ResultSet lines = query.executeQuery()) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
      return plan.toString();
    }
  }

  @Test
  void due_ofAnInstitution_isItsOwn_andOfAll_isInOrder() throws SQLException {
    List<Due> own = due(-7L);
    assertThat(own).hasSize(17).allMatch(due -> (-due.id() - BEYOND) / 50 == 6);
    assertThat(due(null)).hasSize(51).isSortedAccordingTo(Comparator.comparing(Due::endedAt));
  }

  private List<Due> due(@Nullable Long institution) throws SQLException {
    return new ErasureRows(connection)
        .due(LAST, LAST, new After(LAST.minusYears(12), Long.MIN_VALUE), institution, 51);
  }
}
