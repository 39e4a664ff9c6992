package org.tallystick.decision;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.code.HalfVault;
import org.tallystick.device.Aliases;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeyUse;
import org.tallystick.keys.KeyVault;
import org.tallystick.stage.Hint;
import org.tallystick.stage.StageFaultException;
import org.tallystick.webhook.EventOutbox;

/**
 * The second stage's one transaction (P4): ledger, receipts, log lines and answers of whatever is
 * due, all of it or nothing.
 */
@Stateless
public class DecisionStage {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Books books;
  @Inject Bank bank;
  @Inject Aliases aliases;
  @Inject KeyVault vault;
  @Inject SecureRandom random;
  @Inject Clock clock;
  @Inject EventOutbox outbox;

  /** Decides and answers; the answers are to be published after the commit. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public List<ReadyAnswer> decide(Collection<Hint> hints) {
    Seals seals =
        new Seals(
            bank.consortium(),
            vault.signer(KeyUse.RECEIPT),
            vault.secondReceiptSigner(),
            vault.signer(KeyUse.ANSWER),
            aliases,
            new HalfVault(vault),
            random,
            clock);
    try {
      return new DecisionBatch(entities, entities.unwrap(Connection.class), books, seals, outbox)
          .decide(hints);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}
