package org.tallystick.tree;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.tallystick.stage.StageFaultException;

/**
 * The stored tree as one transaction sees it, up to the newest checkpoint of the present recovery
 * epoch. A bank that was restored proves nothing before it has signed a checkpoint that says so.
 *
 * <p>Source: docs/PROTOCOL.md section 9.1.
 */
public final class LogTree {
  private final TreeRows rows;
  private final MerkleTree tree;
  private final Optional<TreeRows.Row> newest;

  /**
   * Reads the newest checkpoint.
   *
   * @param connection stays the caller's
   * @param recoveryEpoch the bank's now
   */
  public LogTree(Connection connection, long recoveryEpoch) {
    rows = new TreeRows(connection);
    tree = tree(rows);
    try {
      newest = rows.newest().filter(row -> row.recoveryEpoch() == recoveryEpoch);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  static MerkleTree tree(TreeRows rows) {
    return new MerkleTree(
        subtrees -> {
          try {
            return rows.read(subtrees);
          } catch (SQLException e) {
            throw new StageFaultException(e);
          }
        });
  }

  /** The newest checkpoint, if there is one. */
  public Optional<SignedCheckpoint> newest() {
    return newest.map(TreeRows.Row::signed);
  }

  /** Leaves that are under the newest checkpoint. */
  public long size() {
    return newest.map(TreeRows.Row::size).orElse(0L);
  }

  /** That the first {@code to} leaves begin with the first {@code from}; 0 < from ≤ to ≤ size. */
  public List<byte[]> consistency(long from, long to) {
    return tree.consistency(from, to);
  }

  /** Where a leaf is among the first {@code size}; empty where it is not. */
  public Optional<Inclusion> inclusion(byte[] leafHash, long size) {
    try {
      return rows.position(leafHash)
          .filter(position -> position < size)
          .map(position -> new Inclusion(position, tree.inclusion(position, size)));
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}
