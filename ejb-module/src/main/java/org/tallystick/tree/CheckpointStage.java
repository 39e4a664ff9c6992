package org.tallystick.tree;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.tallystick.code.Times;
import org.tallystick.crypto.Sha256;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeyUse;
import org.tallystick.keys.KeyVault;
import org.tallystick.stage.StageFaultException;

/**
 * The one transaction that puts lines into the tree and signs a checkpoint of it. A line is taken
 * out of what is due, its leaf is stored and the checkpoint is signed, all or nothing: whatever
 * crashes, no line is lost and none is in the tree twice.
 *
 * <p>Round trips: lock, newest checkpoint, take lines, read subtrees, store leaves, subtrees and
 * checkpoint, commit: 8, however many lines.
 *
 * <p>Source: docs/PROTOCOL.md section 9.1.
 */
@Stateless
public class CheckpointStage {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Bank bank;
  @Inject KeyVault vault;
  @Inject Clock clock;

  /**
   * Adds so many lines at most; how many it were. Where another node is at it, none. A raised
   * recovery epoch is said by a checkpoint also where no line is due: devices need it.
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public int add(int limit) {
    try {
      TreeRows rows = new TreeRows(entities.unwrap(Connection.class));
      return rows.lock() ? add(rows, limit) : 0;
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private int add(TreeRows rows, int limit) throws SQLException {
    Optional<TreeRows.Row> before = rows.newest();
    List<TreeRows.Leaf> leaves = rows.take(limit);
    long recoveryEpoch = vault.recoveryEpoch();
    boolean raised =
        before.filter(row -> row.recoveryEpoch() != recoveryEpoch).isPresent();
    if (leaves.isEmpty() && !raised) {
      return 0;
    }
    long size = before.map(TreeRows.Row::size).orElse(0L);
    MerkleTree.Growth growth =
        LogTree.tree(rows).grow(size, leaves.stream().map(TreeRows.Leaf::hash).toList());
    rows.insertLeaves(size, leaves);
    rows.insertNodes(growth.subtrees());
    rows.insert(signed(growth, time(before), recoveryEpoch));
    return leaves.size();
  }

  /** Always later than the one before, also where nodes' clocks differ: devices compare times. */
  private long time(Optional<TreeRows.Row> before) {
    return Math.max(
        clock.millis(), before.map(row -> row.at().toInstant().toEpochMilli() + 1).orElse(0L));
  }

  private TreeRows.Row signed(MerkleTree.Growth growth, long timeMillis, long recoveryEpoch) {
    byte[] fingerprint = Sha256.of(vault.signer(KeyUse.ROOT).verificationKey().compressed());
    Checkpoint checkpoint =
        new Checkpoint(
            bank.consortium(),
            Checkpoint.origin(bank.consortium(), fingerprint),
            growth.size(),
            growth.root(),
            timeMillis,
            recoveryEpoch);
    byte[] second = vault.secondCheckpointSigner().map(checkpoint::sign).orElse(null);
    return new TreeRows.Row(
        Times.ofMillis(timeMillis),
        growth.size(),
        growth.root(),
        recoveryEpoch,
        new SignedCheckpoint(checkpoint.sign(vault.signer(KeyUse.CHECKPOINT)), second));
  }
}
