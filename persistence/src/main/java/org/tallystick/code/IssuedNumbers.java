package org.tallystick.code;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;

/** Numbers that the bank drew, as far as halves carry them; one round trip. */
public final class IssuedNumbers {
  private static final String SERIALIZATION_FAILURE = "40001";

  static final String USE =
      "update issued_number set used_at = ? where number = any (?) and used_at is null";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public IssuedNumbers(Connection connection) {
    this.connection = connection;
  }

  /**
   * Marks numbers that good halves carry; no round trip where there is none.
   *
   * @throws SQLException as of a failed serialization, where another transaction has used one since
   *     it was looked at: the batch is to be opened again
   */
  public void use(Collection<String> numbers, OffsetDateTime at) throws SQLException {
    if (numbers.isEmpty()) {
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(USE)) {
      update.setObject(1, at);
      update.setArray(2, connection.createArrayOf("varchar", numbers.toArray()));
      if (update.executeUpdate() != numbers.size()) {
        throw new SQLException("a number was used meanwhile", SERIALIZATION_FAILURE);
      }
    }
  }
}
