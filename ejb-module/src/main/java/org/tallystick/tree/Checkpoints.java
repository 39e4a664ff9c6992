package org.tallystick.tree;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.tallystick.keys.KeyVault;

/** What anybody may ask of the tree: checkpoint and proofs, which name no line and no device. */
@Stateless
public class Checkpoints {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject KeyVault vault;

  /** The newest checkpoint; empty where there is none yet. */
  public Optional<SignedCheckpoint> newest() {
    return tree().newest();
  }

  /** See {@link LogTree#consistency}; empty where the sizes are out of bounds. */
  public Optional<List<byte[]>> consistency(long from, long to) {
    LogTree tree = tree();
    return from < 1 || from > to || to > tree.size()
        ? Optional.empty()
        : Optional.of(tree.consistency(from, to));
  }

  /** Whether a checkpoint of this size, or of a larger one, has been signed. */
  public boolean reaches(long size) {
    return size >= 1 && size <= tree().size();
  }

  /** See {@link LogTree#inclusion}. */
  public Optional<Inclusion> inclusion(byte[] leafHash, long size) {
    return tree().inclusion(leafHash, size);
  }

  private LogTree tree() {
    return new LogTree(entities.unwrap(Connection.class), vault.recoveryEpoch());
  }
}
