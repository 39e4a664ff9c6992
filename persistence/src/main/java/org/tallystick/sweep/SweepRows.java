package org.tallystick.sweep;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds rows whose next step did not follow. Several nodes sweep at once and never meet, because
 * each skips what another one has locked.
 */
public final class SweepRows {
  static final String PAIRED =
      "update slot set due_at = ? where id in (select id from slot where state = 'PAIRED'"
          + " and due_at < ? order by due_at limit ? for update skip locked) returning id";

  static final String UNANSWERED =
      "update half set due_at = ? where id in (select id from half"
          + " where state in ('REFUSED', 'DUE')"
          + " and due_at < ? order by due_at limit ? for update skip locked) returning id";

  static final String EXPIRED =
      """
      with late as (
        select id from slot where state = 'OPEN' and expires_at < ?
        order by expires_at limit ? for update skip locked),
      gone as (
        update slot s set state = 'EXPIRED', outcome = 4, reason = ?
        from late where s.id = late.id returning s.payer_half, s.payee_half)
      update half h set state = 'REFUSED', refusal = ?, due_at = ?
      from gone where h.id in (gone.payer_half, gone.payee_half) and h.state = 'WAITING'
      returning h.id
      """;

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public SweepRows(Connection connection) {
    this.connection = connection;
  }

  /** Slots that wait for a decision since before {@code now}; each is due again at the other. */
  public List<Long> overduePaired(OffsetDateTime now, OffsetDateTime dueAgain, int limit)
      throws SQLException {
    return overdue(PAIRED, now, dueAgain, limit);
  }

  /** Halves that need no twin and wait for their answer since before {@code now}. */
  public List<Long> overdueUnanswered(OffsetDateTime now, OffsetDateTime dueAgain, int limit)
      throws SQLException {
    return overdue(UNANSWERED, now, dueAgain, limit);
  }

  /**
   * Ends slots whose twin has not come, and the halves in them.
   *
   * @param before expiries before this moment are over
   * @return the halves that are to hear of it
   */
  public List<Long> expire(
      OffsetDateTime before, OffsetDateTime dueAgain, String exactReason, int limit)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(EXPIRED)) {
      update.setObject(1, before);
      update.setInt(2, limit);
      update.setString(3, exactReason);
      update.setString(4, exactReason);
      update.setObject(5, dueAgain);
      return ids(update);
    }
  }

  private List<Long> overdue(String sql, OffsetDateTime now, OffsetDateTime dueAgain, int limit)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, dueAgain);
      update.setObject(2, now);
      update.setInt(3, limit);
      return ids(update);
    }
  }

  private static List<Long> ids(PreparedStatement update) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (ResultSet changed = update.executeQuery()) {
      while (changed.next()) {
        ids.add(changed.getLong(1));
      }
    }
    return ids;
  }
}
