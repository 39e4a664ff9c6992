package org.tallystick.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.crypto.Sha256;
import org.tallystick.schema.Database;

class AnswerRowsTest {
  private final OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
  private static final int ROWS = 20_000;

  @BeforeAll
  static void fill() throws Exception {
    try (Connection connection = Database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into idempotent_answer
          select sha256(int4send(i)), sha256(int4send(-i)), '\\x00', now() + i * interval '1 minute'
          from generate_series(1, %d) i
          """
              .formatted(ROWS));
      statement.execute("analyze idempotent_answer");
    }
  }

  @ParameterizedTest
  @CsvSource({"find, idempotent_answer_pkey", "expire, idempotent_answer_by_expiry"})
  void statement_takesItsIndex(String name, String index) throws Exception {
    String sql =
        name.equals("find")
            ? AnswerRows.FIND.replaceFirst("\\?", "sha256('x')").replaceFirst("\\?", "now()")
            : AnswerRows.EXPIRE.replaceFirst("\\?", "now()").replaceFirst("\\?", "100");
    StringBuilder plan = new StringBuilder();
    try (Connection connection = Database.connect();
        Statement statement = connection.createStatement();
        var lines = statement.executeQuery("explain " + sql)) {
      while (lines.next()) {
        plan.append(lines.getString(1)).append('\n');
      }
    }
    assertThat(plan.toString()).contains(index).doesNotContain("Seq Scan");
  }

  @Test
  void scope_isHeldByOneTransaction_upToItsEnd() throws Exception {
    byte[] scope = Sha256.of(new byte[] {1});
    try (Connection one = Database.connect();
        Connection other = Database.connect()) {
      assertThat(new AnswerRows(one).lock(scope)).isTrue();
      assertThat(new AnswerRows(other).lock(scope)).isFalse();
      one.rollback();
      assertThat(new AnswerRows(other).lock(scope)).isTrue();
      other.rollback();
    }
  }

  @Test
  void answer_isKeptUntilItsTime_thenReplaced_thenForgotten() throws Exception {
    byte[] scope = Sha256.of(new byte[] {2});
    AnswerRows.Row first = new AnswerRows.Row(Sha256.of(new byte[] {3}), new byte[] {4});
    AnswerRows.Row second = new AnswerRows.Row(Sha256.of(new byte[] {5}), new byte[] {6});
    try (Connection connection = Database.connect()) {
      AnswerRows rows = new AnswerRows(connection);
      OffsetDateTime past = now.minusYears(1);
      rows.keep(scope, first, past.plusDays(1));
      assertThat(rows.find(scope, past)).hasValueSatisfying(row -> isSame(row, first));
      assertThat(rows.find(scope, past.plusDays(1))).isEmpty();
      rows.keep(scope, second, past.plusDays(3));
      assertThat(rows.find(scope, past.plusDays(2))).hasValueSatisfying(row -> isSame(row, second));
      assertThat(rows.expire(past.plusDays(2), 10)).isZero();
      assertThat(rows.expire(past.plusDays(4), 10)).isOne();
      assertThat(rows.find(scope, past)).isEmpty();
      connection.rollback();
    }
  }

  @Test
  void expiry_takesAtMostItsBatch() throws Exception {
    try (Connection connection = Database.connect()) {
      assertThat(new AnswerRows(connection).expire(now.plusYears(1), 100)).isEqualTo(100);
      connection.rollback();
    }
  }

  private static void isSame(AnswerRows.Row row, AnswerRows.Row expected) {
    assertThat(row).usingRecursiveComparison().isEqualTo(expected);
  }
}
