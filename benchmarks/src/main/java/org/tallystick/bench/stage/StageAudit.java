package org.tallystick.bench.stage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.UUID;

/**
 * Compares what was accepted with what is in the database.
 *
 * @param lost halves that were accepted and are not stored
 * @param doubled halves that are stored more than once, accepted or not
 * @param stuck transactions whose halves are both stored and that are not marked paired
 * @param unknown halves that are stored although their answer never came
 */
record StageAudit(int lost, int doubled, int stuck, int unknown) {
  private static final int FETCH = 10_000;

  static StageAudit of(StageDatabase database, BitSet accepted) throws SQLException {
    BitSet stored = new BitSet();
    BitSet twice = new BitSet();
    BitSet paired = new BitSet();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery("select transaction, role from half")) {
        while (rows.next()) {
          int number = transaction(rows) * 2 + rows.getInt(2) - 1;
          (stored.get(number) ? twice : stored).set(number);
        }
      }
      try (ResultSet rows =
          statement.executeQuery("select transaction from payment where paired")) {
        while (rows.next()) {
          paired.set(transaction(rows));
        }
      }
    }
    BitSet lost = (BitSet) accepted.clone();
    lost.andNot(stored);
    BitSet unknown = (BitSet) stored.clone();
    unknown.andNot(accepted);
    int stuck = 0;
    for (int n = stored.nextSetBit(0); n >= 0; n = stored.nextSetBit(n + 1)) {
      if (n % 2 == 0 && stored.get(n + 1) && !paired.get(n / 2)) {
        stuck++;
      }
    }
    return new StageAudit(lost.cardinality(), twice.cardinality(), stuck, unknown.cardinality());
  }

  private static int transaction(ResultSet rows) throws SQLException {
    return (int) rows.getObject(1, UUID.class).getLeastSignificantBits();
  }
}
