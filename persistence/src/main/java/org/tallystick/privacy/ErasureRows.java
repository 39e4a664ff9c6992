package org.tallystick.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes away what is personal of a party, whose row the caller has locked. */
public final class ErasureRows {
  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public ErasureRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * A registration that may be erased.
   *
   * @param id internal number
   * @param registration 16 bytes
   * @param state REFUSED or CLOSED
   * @param endedAt since when
   */
  public record Due(long id, byte[] registration, String state, OffsetDateTime endedAt) {}

  /**
   * Where a list of those begins.
   *
   * @param endedAt of the last one that was shown
   * @param id of the same
   */
  public record After(OffsetDateTime endedAt, long id) {}

  /** What keeps the party from being erased. */
  public Set<Tie> ties(long party, OffsetDateTime now) throws SQLException {
    Set<Tie> ties = EnumSet.noneOf(Tie.class);
    try (PreparedStatement query = connection.prepareStatement(ErasureStatements.TIES)) {
      query.setLong(1, party);
      query.setLong(2, party);
      for (int i = 3; i <= 9; i += 2) {
        query.setLong(i, party);
        query.setObject(i + 1, now);
      }
      query.setLong(11, party);
      query.setLong(12, party);
      try (ResultSet found = query.executeQuery()) {
        found.next();
        for (Tie tie : Tie.values()) {
          if (found.getBoolean(tie.name())) {
            ties.add(tie);
          }
        }
      }
    }
    return ties;
  }

  /**
   * Destroys the party's key, empties what others refer to and deletes the rest.
   *
   * @param noToken 32 random bytes in the place of the hash of the party's token
   */
  public ErasedRows erase(long party, byte[] noToken, OffsetDateTime now) throws SQLException {
    try (PreparedStatement key = connection.prepareStatement(ErasureStatements.DESTROY_KEY)) {
      key.setObject(1, now);
      key.setLong(2, party);
      key.executeUpdate();
    }
    int emptied = 1;
    for (String statement : ErasureStatements.EMPTY) {
      emptied += run(statement, party);
    }
    int deleted = 0;
    for (String statement : ErasureStatements.DELETE) {
      deleted += run(statement, party);
    }
    try (PreparedStatement row = connection.prepareStatement(ErasureStatements.EMPTY_PARTY)) {
      row.setBytes(1, noToken);
      row.setObject(2, now);
      row.setObject(3, now);
      row.setLong(4, party);
      row.executeUpdate();
    }
    return new ErasedRows(deleted, emptied);
  }

  private int run(String sql, long party) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameters = statement.getParameterMetaData().getParameterCount();
      for (int i = 1; i <= parameters; i++) {
        statement.setLong(i, party);
      }
      return statement.executeUpdate();
    }
  }

  /**
   * Some that may be erased, the longest due first.
   *
   * @param active those that were active and ended until then
   * @param never those that never were
   * @param institution whose, or null for all
   */
  public List<Due> due(
      OffsetDateTime active,
      OffsetDateTime never,
      After after,
      @Nullable Long institution,
      int limit)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(ErasureStatements.due(institution != null))) {
      int at = 1;
      for (OffsetDateTime until : List.of(active, never)) {
        query.setObject(at++, until);
        query.setObject(at++, after.endedAt());
        query.setLong(at++, after.id());
        if (institution != null) {
          query.setLong(at++, institution);
        }
        query.setInt(at++, limit);
      }
      query.setInt(at, limit);
      List<Due> due = new ArrayList<>();
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          due.add(
              new Due(
                  found.getLong(1),
                  found.getBytes(2),
                  found.getString(3),
                  found.getObject(4, OffsetDateTime.class)));
        }
      }
      return due;
    }
  }
}
