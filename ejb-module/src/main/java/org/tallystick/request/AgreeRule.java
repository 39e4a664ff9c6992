package org.tallystick.request;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tallystick.agreement.PartyAgreements;
import org.tallystick.agreement.SignedAgreement;
import org.tallystick.code.DeviceKeys;
import org.tallystick.keys.Bank;

/**
 * Kind 12: a device signs a new version of the agreement for its party. It must be the device that
 * asks, so the signature stands in that device's own log.
 *
 * <p>Locks, after the sequencer of who asks: the party.
 *
 * <p>Source: docs/PROTOCOL.md section 10.4.
 */
@ApplicationScoped
public class AgreeRule implements RequestRule<Agree> {
  @EJB PartyAgreements agreements;
  @Inject Bank bank;
  @Inject DeviceKeys deviceKeys;

  @Override
  public RequestKind kind() {
    return RequestKind.AGREE;
  }

  @Override
  public Class<Agree> shape() {
    return Agree.class;
  }

  @Override
  public Ruling rule(Asking asking, Agree arguments) {
    SignedAgreement word;
    try {
      word =
          SignedAgreement.verify(
              arguments.sign1(),
              deviceKeys.of(asking.device()),
              asking.device().evidence().suite(),
              bank.consortium());
    } catch (IllegalArgumentException malformedOrUnsigned) {
      return Ruling.refused(RequestStatus.ARGUMENTS_REFUSED);
    }
    return switch (agreements.sign(asking.device(), word, arguments.sign1())) {
      case DONE -> Ruling.done(new RequestResult.Done());
      case UNKNOWN -> Ruling.refused(RequestStatus.UNKNOWN);
      case NOT_PERMITTED -> Ruling.refused(RequestStatus.NOT_PERMITTED);
    };
  }
}
