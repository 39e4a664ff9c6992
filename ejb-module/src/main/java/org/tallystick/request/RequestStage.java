package org.tallystick.request;

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
import org.tallystick.code.DeviceKeys;
import org.tallystick.device.Aliases;
import org.tallystick.device.SequencerVault;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeyUse;
import org.tallystick.keys.KeyVault;
import org.tallystick.stage.StageFaultException;

/** The one transaction of a request: what it changes and its reply, all of it or nothing. */
@Stateless
public class RequestStage {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Bank bank;
  @Inject Aliases aliases;
  @Inject DeviceKeys deviceKeys;
  @Inject KeyVault vault;
  @Inject Challenges challenges;
  @Inject RequestRules rules;
  @Inject SecureRandom random;
  @Inject Clock clock;

  /** The reply, or what looks like one. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public byte[] answer(SealedRequest request) {
    RequestTools tools =
        new RequestTools(
            bank.consortium(),
            aliases,
            deviceKeys,
            new SequencerVault(vault),
            rules,
            challenges,
            vault.signer(KeyUse.ANSWER),
            random,
            clock);
    try {
      return new RequestAnswerer(entities, entities.unwrap(Connection.class), tools)
          .answer(request);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}
