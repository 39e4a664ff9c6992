package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.sql.SQLException;
import org.tallystick.code.SignedMap;
import org.tallystick.device.Aliases;
import org.tallystick.device.SequencerVault;
import org.tallystick.device.SuspensionReason;
import org.tallystick.enrolment.BindReply;
import org.tallystick.keys.KeyVault;
import org.tallystick.rekey.BankRekey;
import org.tallystick.rekey.RekeyOutcome;

/**
 * Kind 2: a fresh epoch beside the one before. Its reply stays stored up to the next rekey, since a
 * device that lost it cannot go on without; a second, different rekey from the same epoch suspends.
 *
 * <p>Source: docs/PROTOCOL.md section R.2.
 */
@ApplicationScoped
public class RekeyRule implements RequestRule<RequestArguments.Rekey> {
  private static final Logger LOG = System.getLogger(RekeyRule.class.getName());

  @Inject KeyVault vault;
  @Inject Aliases aliases;
  @Inject SecureRandom random;

  @Override
  public RequestKind kind() {
    return RequestKind.REKEY;
  }

  @Override
  public Class<RequestArguments.Rekey> shape() {
    return RequestArguments.Rekey.class;
  }

  @Override
  public Ruling rule(Asking asking, RequestArguments.Rekey arguments) throws SQLException {
    RekeyOutcome outcome =
        new BankRekey(random)
            .rekey(
                asking.epochs(),
                asking.request(),
                arguments,
                vault.recoveryEpoch(),
                asking.nowMillis(),
                asking.nowMillis() + SignedMap.MAX_LIFE_MILLIS);
    if (outcome instanceof RekeyOutcome.Granted granted) {
      new SequencerVault(vault).store(asking.sequencer(), granted.next());
      new ReplyRows(asking.connection()).forgetRekeys(asking.device().index());
      return Ruling.done(granted.result(aliases.fresh(asking.device().index(), BindReply.ALIASES)));
    }
    if (outcome instanceof RekeyOutcome.Suspended suspended) {
      LOG.log(Level.WARNING, "device {0}: rekey, {1}", asking.device().index(), suspended.why());
      asking.suspend(SuspensionReason.REKEY);
      return Ruling.refused(RequestStatus.NOT_PERMITTED);
    }
    return Ruling.refused(((RekeyOutcome.Refused) outcome).status());
  }
}
