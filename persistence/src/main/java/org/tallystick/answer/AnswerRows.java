package org.tallystick.answer;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.tallystick.code.ConsumedRow;
import org.tallystick.sequencer.NumberAt;

/** The final answers, written once; each method is one round trip however many rows. */
public final class AnswerRows {
  /** Final answers, notices and progress are picked up alike. */
  static final String BY_PICKUP =
      "select pickup, sealed, 0 as i from final_answer where pickup = any (?)"
          + " union all select pickup, sealed, 0 from notice where pickup = any (?)"
          + " union all select pickup, sealed, i from progress where pickup = any (?) order by i";

  private static final String OF_CODES =
      " from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as w (device_pk, epoch, n)"
          + " join final_answer a"
          + " on a.device_pk = w.device_pk and a.epoch = w.epoch and a.n = w.n";

  static final String BY_CODE = "select a.pickup, a.sealed, 0" + OF_CODES;

  static final String ANSWERED = "select a.epoch, a.n" + OF_CODES;

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public AnswerRows(Connection connection) {
    this.connection = connection;
  }

  /** Stores new answers; a second answer to one code is an error. */
  public void insert(Collection<AnswerRow> answers) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into final_answer (device_pk, epoch, n, pickup, sealed, made_at)"
                + " values (?, ?, ?, ?, ?, ?)")) {
      for (AnswerRow row : answers) {
        insert.setLong(1, row.device());
        insert.setLong(2, row.epoch());
        insert.setLong(3, row.n());
        insert.setBytes(4, row.pickup());
        insert.setBytes(5, row.sealed());
        insert.setObject(6, row.madeAt());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** The answers, notices and progress that wait under these tokens; progress in order, last. */
  public List<ReadyAnswer> byPickup(Collection<byte[]> pickups) throws SQLException {
    if (pickups.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement query = connection.prepareStatement(BY_PICKUP)) {
      Array tokens = connection.createArrayOf("bytea", pickups.toArray(byte[][]::new));
      query.setArray(1, tokens);
      query.setArray(2, tokens);
      query.setArray(3, tokens);
      return rows(query);
    }
  }

  /** Which of these codes have their answer. */
  public List<NumberAt> answered(Collection<ConsumedRow> codes) throws SQLException {
    List<NumberAt> answered = new ArrayList<>();
    if (codes.isEmpty()) {
      return answered;
    }
    try (PreparedStatement query = connection.prepareStatement(ANSWERED)) {
      bind(query, codes);
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          answered.add(new NumberAt(found.getLong(1), found.getLong(2)));
        }
      }
    }
    return answered;
  }

  /** The answers to codes that came again. */
  public List<ReadyAnswer> byCode(Collection<ConsumedRow> codes) throws SQLException {
    if (codes.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement query = connection.prepareStatement(BY_CODE)) {
      bind(query, codes);
      return rows(query);
    }
  }

  private void bind(PreparedStatement query, Collection<ConsumedRow> codes) throws SQLException {
    query.setArray(
        1, connection.createArrayOf("bigint", codes.stream().map(c -> c.device()).toArray()));
    query.setArray(
        2, connection.createArrayOf("bigint", codes.stream().map(c -> c.epoch()).toArray()));
    query.setArray(3, connection.createArrayOf("bigint", codes.stream().map(c -> c.n()).toArray()));
  }

  private static List<ReadyAnswer> rows(PreparedStatement query) throws SQLException {
    List<ReadyAnswer> answers = new ArrayList<>();
    try (ResultSet found = query.executeQuery()) {
      while (found.next()) {
        answers.add(new ReadyAnswer(found.getBytes(1), found.getBytes(2), found.getInt(3) == 0));
      }
    }
    return answers;
  }
}
