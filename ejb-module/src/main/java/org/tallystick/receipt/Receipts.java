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
   * A receipt as the bank signed it.
   *
   * @param sign1 COSE_Sign1 by ES256
   * @param second COSE_Sign1 by ML-DSA-65, for a device of suite 2
   */
  public record Signed(byte[] sign1, Optional<byte[]> second) {}

  /**
   * The receipt, for who holds its token; empty alike where there is none and where the token is
   * another.
   */
  public Optional<Signed> forToken(String receiptNumber, byte[] token) {
    byte[] hash = Sha256.of(token);
    try {
      return rows()
          .byNumber(receiptNumber)
          .filter(row -> ConstantTime.equal(row.tokenHash(), hash))
          .map(Receipts::signed);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /** The receipt, for an auditor. */
  public Optional<Signed> forAuditor(Actor actor, String receiptNumber) {
    actor.require(Role.AUDITOR);
    Long institution = actor.institution();
    try {
      return (institution == null
              ? rows().byNumber(receiptNumber)
              : rows().byNumber(receiptNumber, institution))
          .map(Receipts::signed);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private static Signed signed(ReceiptRows.Row row) {
    return new Signed(row.sign1(), Optional.ofNullable(row.secondSign1()));
  }

  private ReceiptRows rows() {
    return new ReceiptRows(entities.unwrap(Connection.class));
  }
}
