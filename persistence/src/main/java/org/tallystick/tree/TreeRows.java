package org.tallystick.tree;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.log.LogLine;

/**
 * The leaves, full subtrees and checkpoints of the tree over all logs; each method is one round
 * trip however many rows.
 */
public final class TreeRows {
  static final String TAKE =
      "with taken as (delete from tree_due where id = any (array("
          + "select id from tree_due order by id limit ? for update skip locked))"
          + " returning id, device_pk, log_index)"
          + " select t.device_pk, t.log_index, d.device_id, l.column1, l.column2 from taken t"
          + " left join device d on d.id = t.device_pk"
          + " left join log_line l on l.device_pk = t.device_pk and l.log_index = t.log_index"
          + " order by t.id";

  static final String NEWEST =
      "select at, size, root, recovery_epoch, sign1, second_sign1 from tree_checkpoint"
          + " order by at desc limit 1";

  static final String READ =
      "select 0 as level, position as place, hash from tree_leaf where position = any (?)"
          + " union all select n.level, n.place, n.hash"
          + " from unnest(?::smallint[], ?::bigint[]) as wanted (level, place)"
          + " join tree_node n on n.level = wanted.level and n.place = wanted.place";

  static final String POSITION = "select position from tree_leaf where hash = ?";

  /** Beside it only the key set's has a number like this. */
  private static final int TREE_LOCK = 7_411_002;

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public TreeRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * A line that is in the tree from now on.
   *
   * @param device index of the device
   * @param index of the line in the device's log
   * @param hash of the leaf, 32 bytes
   */
  public record Leaf(long device, long index, byte[] hash) {}

  /**
   * A checkpoint as it is stored.
   *
   * @param at bank clock
   * @param size leaves
   * @param root 32 bytes
   * @param recoveryEpoch of the bank then
   * @param signed what is sent
   */
  public record Row(
      OffsetDateTime at, long size, byte[] root, long recoveryEpoch, SignedCheckpoint signed) {}

  /** Whether the caller's transaction has the tree to itself; nobody waits. */
  public boolean lock() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
      query.setInt(1, TREE_LOCK);
      try (ResultSet found = query.executeQuery()) {
        return found.next() && found.getBoolean(1);
      }
    }
  }

  /** Takes out the oldest lines that are due, in order; a rollback puts them back. */
  public List<Leaf> take(int limit) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(TAKE)) {
      delete.setInt(1, limit);
      List<Leaf> leaves = new ArrayList<>();
      try (ResultSet taken = delete.executeQuery()) {
        while (taken.next()) {
          byte[] head = LogLine.head(taken.getBytes(4), taken.getBytes(5));
          byte[] hash = MerkleTree.leafHash(taken.getBytes(3), taken.getLong(2), head);
          leaves.add(new Leaf(taken.getLong(1), taken.getLong(2), hash));
        }
      }
      return leaves;
    }
  }

  /** The checkpoint that was signed last. */
  public Optional<Row> newest() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NEWEST);
        ResultSet found = query.executeQuery()) {
      if (!found.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new Row(
              found.getObject(1, OffsetDateTime.class),
              found.getLong(2),
              found.getBytes(3),
              found.getLong(4),
              new SignedCheckpoint(found.getBytes(5), found.getBytes(6))));
    }
  }

  /** The hashes of full subtrees, without those that are not there. */
  public Map<Subtree, byte[]> read(Collection<Subtree> subtrees) throws SQLException {
    List<Subtree> above = subtrees.stream().filter(subtree -> subtree.level() > 0).toList();
    Object[] leaves =
        subtrees.stream()
            .filter(subtree -> subtree.level() == 0)
            .map(Subtree::index)
            .toArray();
    try (PreparedStatement query = connection.prepareStatement(READ)) {
      query.setArray(1, connection.createArrayOf("bigint", leaves));
      query.setArray(
          2,
          connection.createArrayOf(
              "smallint", above.stream().map(subtree -> (short) subtree.level()).toArray()));
      query.setArray(
          3,
          connection.createArrayOf("bigint", above.stream().map(Subtree::index).toArray()));
      Map<Subtree, byte[]> hashes = new HashMap<>();
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          hashes.put(new Subtree(found.getInt(1), found.getLong(2)), found.getBytes(3));
        }
      }
      return hashes;
    }
  }

  /** Where a leaf is; empty where it is not in the tree. */
  public Optional<Long> position(byte[] leafHash) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(POSITION)) {
      query.setBytes(1, leafHash);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? Optional.of(found.getLong(1)) : Optional.empty();
      }
    }
  }

  /** Stores leaves from a position on; a second one at a place is an error. */
  public void insertLeaves(long from, List<Leaf> leaves) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into tree_leaf (position, device_pk, log_index, hash) values (?, ?, ?, ?)")) {
      long position = from;
      for (Leaf leaf : leaves) {
        insert.setLong(1, position++);
        insert.setLong(2, leaf.device());
        insert.setLong(3, leaf.index());
        insert.setBytes(4, leaf.hash());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Stores the subtrees above the leaves; leaves among them are left out. */
  public void insertNodes(Map<Subtree, byte[]> subtrees) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into tree_node (level, place, hash) values (?, ?, ?)")) {
      for (Map.Entry<Subtree, byte[]> subtree : subtrees.entrySet()) {
        if (subtree.getKey().level() > 0) {
          insert.setInt(1, subtree.getKey().level());
          insert.setLong(2, subtree.getKey().index());
          insert.setBytes(3, subtree.getValue());
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /** Stores what was signed. */
  public void insert(Row checkpoint) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into tree_checkpoint (at, size, root, recovery_epoch, sign1, second_sign1)"
                + " values (?, ?, ?, ?, ?, ?)")) {
      insert.setObject(1, checkpoint.at());
      insert.setLong(2, checkpoint.size());
      insert.setBytes(3, checkpoint.root());
      insert.setLong(4, checkpoint.recoveryEpoch());
      insert.setBytes(5, checkpoint.signed().sign1());
      insert.setBytes(6, checkpoint.signed().second());
      insert.executeUpdate();
    }
  }
}
