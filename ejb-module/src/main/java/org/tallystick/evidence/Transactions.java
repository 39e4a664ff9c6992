package org.tallystick.evidence;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.cose.CoseSign1;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeyVault;
import org.tallystick.receipt.Receipt;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.staff.Scope;
import org.tallystick.stage.StageFaultException;
import org.tallystick.tree.Inclusion;
import org.tallystick.tree.LogTree;
import org.tallystick.tree.MerkleTree;

/** Shows an auditor what became of transactions, and hands out the evidence of decided ones. */
@Stateless
public class Transactions {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Bank bank;
  @Inject KeyVault vault;

  /**
   * All that happened under a number.
   *
   * @param slots where halves met or waited
   * @param halves also those that ended alone
   */
  public record View(List<TransactionRows.SlotLine> slots, List<TransactionRows.HalfLine> halves) {}

  /**
   * What happened under a number; empty where nothing did. Who works for an institution sees what
   * its parties did, and hears the exact reason only where all halves are theirs.
   */
  public Optional<View> view(Actor actor, String number) {
    actor.require(Role.AUDITOR, Role.PARTNER);
    actor.requireScope(Scope.TRANSACTIONS_READ);
    Long institution = actor.institution();
    try {
      View view =
          institution == null
              ? new View(rows().slots(number), rows().halves(number))
              : new View(rows().slots(number, institution), rows().halves(number, institution));
      return view.halves().isEmpty() ? Optional.empty() : Optional.of(view);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /**
   * The evidence bundle of a decided transaction with two sides; empty where there is none. Once
   * both lines are in the tree over all logs it says where, and under which checkpoint. Who works
   * for an institution gets it only where both sides are its parties: a bundle tells of both.
   *
   * @param keySet COSE_Sign1 by the root
   */
  public Optional<byte[]> evidence(Actor actor, String number, byte[] keySet) {
    actor.require(Role.AUDITOR);
    Long institution = actor.institution();
    try {
      List<EvidenceSide> sides =
          institution == null ? rows().sides(number) : rows().sides(number, institution);
      return sides.size() == 2
          ? Optional.of(bundle(number, keySet, sides).encode())
          : Optional.empty();
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private EvidenceBundle bundle(String number, byte[] keySet, List<EvidenceSide> sides) {
    LogTree tree = new LogTree(entities.unwrap(Connection.class), vault.recoveryEpoch());
    List<EvidenceSide> inTree =
        sides.stream().flatMap(side -> inclusion(tree, side).map(side::in).stream()).toList();
    return inTree.size() == sides.size()
        ? new EvidenceBundle(
            bank.consortium(), keySet, number, inTree, null, tree.newest().orElse(null))
        : new EvidenceBundle(bank.consortium(), keySet, number, sides, null);
  }

  private static Optional<Inclusion> inclusion(LogTree tree, EvidenceSide side) {
    Receipt receipt = Receipt.decode(CoseSign1.decode(side.receipt()).payload());
    byte[] leaf = MerkleTree.leafHash(receipt.deviceId(), side.line().index(), side.line().head());
    return tree.inclusion(leaf, tree.size());
  }

  /** How many slots and halves stand in each state. */
  public Map<String, Long> counts(Actor actor) {
    actor.require(Role.AUDITOR);
    actor.requireConsortium();
    try {
      return rows().counts();
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private TransactionRows rows() {
    return new TransactionRows(entities.unwrap(Connection.class));
  }
}
