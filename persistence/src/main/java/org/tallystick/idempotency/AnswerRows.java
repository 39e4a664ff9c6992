package org.tallystick.idempotency;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The stored answers to requests under an idempotency key. Each method is one round trip and
 * belongs to the transaction of the request's effect.
 */
public final class AnswerRows {
  static final String FIND =
      "select payload_hash, answer_sealed from idempotent_answer"
          + " where scope_hash = ? and expires_at > ?";

  static final String EXPIRE =
      "delete from idempotent_answer where ctid = any (array(select ctid from idempotent_answer"
          + " where expires_at < ? order by expires_at limit ? for update skip locked))";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public AnswerRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * One answer.
   *
   * @param payloadHash of the request that it answers, 32 bytes
   * @param answerSealed the answer
   */
  public record Row(byte[] payloadHash, byte[] answerSealed) {}

  /**
   * Takes the scope up to the end of the transaction, on all nodes; false where another transaction
   * has it. If the node dies, the database gives it back.
   */
  public boolean lock(byte[] scopeHash) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
      query.setLong(1, ByteBuffer.wrap(scopeHash).getLong());
      try (ResultSet taken = query.executeQuery()) {
        return taken.next() && taken.getBoolean(1);
      }
    }
  }

  /** The answer that is kept for a scope, unless its time is over. */
  public Optional<Row> find(byte[] scopeHash, OffsetDateTime now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FIND)) {
      query.setBytes(1, scopeHash);
      query.setObject(2, now);
      try (ResultSet found = query.executeQuery()) {
        return found.next()
            ? Optional.of(new Row(found.getBytes(1), found.getBytes(2)))
            : Optional.empty();
      }
    }
  }

  /** Keeps an answer, in place of one whose time is over. */
  public void keep(byte[] scopeHash, Row row, OffsetDateTime expiresAt) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into idempotent_answer (scope_hash, payload_hash, answer_sealed, expires_at)"
                + " values (?, ?, ?, ?) on conflict (scope_hash) do update set"
                + " payload_hash = excluded.payload_hash,"
                + " answer_sealed = excluded.answer_sealed, expires_at = excluded.expires_at")) {
      insert.setBytes(1, scopeHash);
      insert.setBytes(2, row.payloadHash());
      insert.setBytes(3, row.answerSealed());
      insert.setObject(4, expiresAt);
      insert.executeUpdate();
    }
  }

  /** Forgets answers whose time was over before {@code now}, and tells how many. */
  public int expire(OffsetDateTime now, int limit) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(EXPIRE)) {
      delete.setObject(1, now);
      delete.setInt(2, limit);
      return delete.executeUpdate();
    }
  }
}
