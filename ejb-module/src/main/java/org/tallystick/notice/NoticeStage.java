package org.tallystick.notice;

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
import java.util.List;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.device.SequencerVault;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeyUse;
import org.tallystick.keys.KeyVault;
import org.tallystick.stage.StageFaultException;

/** The one transaction that makes notices out of what is due. */
@Stateless
public class NoticeStage {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Bank bank;
  @Inject KeyVault vault;
  @Inject SecureRandom random;
  @Inject Clock clock;

  /** Makes the notices of so many causes at most; they are to be published after the commit. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public List<ReadyAnswer> make(int limit) {
    NoticeTools tools =
        new NoticeTools(
            bank.consortium(),
            new SequencerVault(vault),
            vault.signer(KeyUse.ANSWER),
            random,
            clock);
    try {
      return new NoticeBatch(entities, entities.unwrap(Connection.class), tools).make(limit);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}
