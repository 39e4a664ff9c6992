package org.tallystick.receipt;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.tallystick.crypto.ConstantTime;
import org.tallystick.crypto.Sha256;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.stage.StageFaultException;

/** Hands out receipts: to the device whose reply root made the token, and to auditors. */
@Stateless
public class Receipts {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  /**
   * The receipt, for who holds its token; empty alike where there is none and where the token is
   * another.
   */
  public Optional<byte[]> forToken(String receiptNumber, byte[] token) {
    byte[] hash = Sha256.of(token);
    return find(receiptNumber)
        .filter(row -> ConstantTime.equal(row.tokenHash(), hash))
        .map(ReceiptRows.Row::sign1);
  }

  /** The receipt, for an auditor. */
  public Optional<byte[]> forAuditor(Actor actor, String receiptNumber) {
    actor.require(Role.AUDITOR);
    return find(receiptNumber).map(ReceiptRows.Row::sign1);
  }

  private Optional<ReceiptRows.Row> find(String receiptNumber) {
    try {
      return new ReceiptRows(entities.unwrap(Connection.class)).byNumber(receiptNumber);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}
