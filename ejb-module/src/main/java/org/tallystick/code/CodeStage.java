package org.tallystick.code;

import jakarta.ejb.EJB;
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
import org.tallystick.device.Aliases;
import org.tallystick.device.DeviceVault;
import org.tallystick.device.NewDeviceLimit;
import org.tallystick.device.SequencerVault;
import org.tallystick.device.TermsLimit;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeyUse;
import org.tallystick.keys.KeyVault;
import org.tallystick.party.Parties;
import org.tallystick.stage.Delivery;
import org.tallystick.stage.StageFaultException;

/** The first stage's one transaction: codes are opened, used up and put where their twins look. */
@Stateless
public class CodeStage {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @Inject Bank bank;
  @Inject Aliases aliases;
  @Inject DeviceKeys deviceKeys;
  @Inject NewDeviceLimit newDeviceLimit;
  @Inject TermsLimit termsLimit;
  @Inject KeyVault vault;
  @Inject Clock clock;

  /** Opens a batch; what it returns is to be sent after the commit. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public CodeResult open(List<Delivery> batch) {
    OpeningTools tools =
        new OpeningTools(
            bank.consortium(),
            aliases,
            deviceKeys,
            new SequencerVault(vault),
            new DeviceVault(vault),
            new HalfVault(vault),
            parties::accountBindingValue,
            newDeviceLimit,
            termsLimit.minor(),
            vault.recoveryEpoch(),
            vault.signer(KeyUse.ANSWER),
            clock);
    try {
      return new CodeBatch(entities, entities.unwrap(Connection.class), tools).open(batch);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}
