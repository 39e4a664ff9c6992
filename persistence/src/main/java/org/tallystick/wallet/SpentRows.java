package org.tallystick.wallet;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * What was spent with an instrument on a day, for those that have a limit for the day. The caller
 * holds the balance row of the account that the instrument draws on.
 */
public final class SpentRows {
  /** What was spent on a day. */
  static final String READ =
      "select spent_minor from instrument_spent where instrument_id = ? and day = ?";

  // a day that is over already, by the clock of a node that is behind, counts to the newer one
  private static final String ADD =
      """
      insert into instrument_spent as s (instrument_id, day, spent_minor) values (?, ?, ?)
      on conflict (instrument_id) do update
      set spent_minor = excluded.spent_minor
            + case when s.day >= excluded.day then s.spent_minor else 0 end,
          day = greatest(s.day, excluded.day)
      """;

  private static final String BEGIN =
      """
      insert into instrument_spent as s (instrument_id, day, spent_minor) values (?, ?, ?)
      on conflict (instrument_id) do update
      set spent_minor = case when s.day = excluded.day
                             then greatest(s.spent_minor, excluded.spent_minor)
                             else excluded.spent_minor end,
          day = excluded.day
      """;

  /**
   * What was taken from an account since a moment, and what was set aside. Each posting looks its
   * entry up, so that no plan reads the whole journal.
   */
  static final String OF_ACCOUNT =
      """
      select (select coalesce(sum(p.amount_minor), 0) from posting p
              where p.account_id = ? and p.amount_minor > 0
                and (select e.booked_at from journal_entry e where e.id = p.entry_id) >= ?)
           + (select coalesce(sum(h.amount_minor), 0) from hold h
              where h.account_id = ? and h.state = 'HELD' and h.placed_at >= ?)
      """;

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public SpentRows(Connection connection) {
    this.connection = connection;
  }

  /** What was spent on a day. */
  public long spent(long instrument, LocalDate day) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(READ)) {
      query.setLong(1, instrument);
      query.setObject(2, day);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? found.getLong(1) : 0;
      }
    }
  }

  /** Counts an amount. */
  public void add(long instrument, LocalDate day, long minor) throws SQLException {
    write(ADD, instrument, day, minor);
  }

  /**
   * Begins to count, on the day on which a limit is set. What the account paid before on that day
   * counts, with whatever instrument: so the limit is rather too strict until midnight than that
   * what was spent this morning is forgotten.
   */
  public void begin(long instrument, long account, LocalDate day) throws SQLException {
    OffsetDateTime midnight = day.atStartOfDay().atOffset(ZoneOffset.UTC);
    try (PreparedStatement query = connection.prepareStatement(OF_ACCOUNT)) {
      query.setLong(1, account);
      query.setObject(2, midnight);
      query.setLong(3, account);
      query.setObject(4, midnight);
      try (ResultSet found = query.executeQuery()) {
        found.next();
        write(BEGIN, instrument, day, found.getLong(1));
      }
    }
  }

  private void write(String sql, long instrument, LocalDate day, long minor) throws SQLException {
    try (PreparedStatement write = connection.prepareStatement(sql)) {
      write.setLong(1, instrument);
      write.setObject(2, day);
      write.setLong(3, minor);
      write.executeUpdate();
    }
  }
}
