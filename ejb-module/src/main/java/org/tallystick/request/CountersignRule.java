package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.tallystick.code.DeviceKeys;
import org.tallystick.crypto.Sha256;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceState;
import org.tallystick.keys.Bank;

/**
 * Kind 9: a device vouches for a new one of its account, which lifts the new one's limit at once.
 * It must be active for a day itself, so that a thief's second device does not vouch for a third,
 * or be the account's first.
 *
 * <p>Source: docs/PROTOCOL.md section R.9.
 */
@ApplicationScoped
public class CountersignRule implements RequestRule<RequestArguments.Countersign> {
  private static final Duration OLD_ENOUGH = Duration.ofHours(24);

  @Inject Bank bank;
  @Inject DeviceKeys deviceKeys;

  @Override
  public RequestKind kind() {
    return RequestKind.COUNTERSIGN;
  }

  @Override
  public Class<RequestArguments.Countersign> shape() {
    return RequestArguments.Countersign.class;
  }

  @Override
  public Ruling rule(Asking asking, RequestArguments.Countersign arguments) {
    Optional<CountersignedBinding> word = read(asking.device(), arguments.sign1());
    if (word.isEmpty()) {
      return Ruling.refused(RequestStatus.ARGUMENTS_REFUSED);
    }
    Optional<Device> named =
        asking
            .register()
            .byDeviceId(word.get().deviceId())
            .filter(device -> device.partyId() == asking.device().partyId())
            .flatMap(device -> asking.register().lock(device.index()));
    if (named.isEmpty()) {
      return Ruling.refused(RequestStatus.UNKNOWN);
    }
    if (!mayVouch(asking) || !fits(word.get(), asking.device(), named.get())) {
      return Ruling.refused(RequestStatus.NOT_PERMITTED);
    }
    if (named.get().standing().countersignedAt().isEmpty()) {
      asking
          .register()
          .keep(named.get().countersign(asking.device(), arguments.sign1(), asking.now()));
    }
    return Ruling.done(new RequestResult.Done());
  }

  private Optional<CountersignedBinding> read(Device signer, byte[] sign1) {
    try {
      return Optional.of(
          CountersignedBinding.verify(
              sign1, deviceKeys.of(signer), signer.evidence().suite(), bank.consortium()));
    } catch (IllegalArgumentException malformedOrUnsigned) {
      return Optional.empty();
    }
  }

  private static boolean mayVouch(Asking asking) {
    OffsetDateTime since = asking.now().minus(OLD_ENOUGH);
    return asking.device().standing().activatedAt().filter(at -> !at.isAfter(since)).isPresent()
        || isFirst(asking);
  }

  private static boolean isFirst(Asking asking) {
    return asking.register().ofParty(asking.device().partyId()).stream()
        .filter(device -> device.standing().activatedAt().isPresent())
        .findFirst()
        .filter(device -> device.index() == asking.device().index())
        .isPresent();
  }

  private static boolean fits(CountersignedBinding word, Device signer, Device named) {
    return named.state() == DeviceState.ACTIVE
        && named.index() != signer.index()
        && Arrays.equals(word.signerId(), signer.deviceId())
        && Arrays.equals(word.bindingRecordHash(), Sha256.of(named.evidence().bindingRecord()));
  }
}
