package org.tallystick.request;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tallystick.answer.AnswerRows;
import org.tallystick.code.ConsumedRow;
import org.tallystick.code.ConsumedRows;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceLogHead;
import org.tallystick.device.DeviceState;
import org.tallystick.device.NewDeviceLimit;
import org.tallystick.keys.KeySets;
import org.tallystick.keys.KeyVault;
import org.tallystick.party.Agreement;
import org.tallystick.party.Agreements;
import org.tallystick.sequencer.NumberAt;

/** Kind 1: how device, sequencer, log and account stand. It changes nothing. */
@ApplicationScoped
public class StatusRule implements RequestRule<RequestArguments.Status> {
  @EJB KeySets keySets;
  @EJB Agreements agreements;
  @Inject KeyVault vault;
  @Inject NewDeviceLimit newDeviceLimit;

  @Override
  public RequestKind kind() {
    return RequestKind.STATUS;
  }

  @Override
  public Class<RequestArguments.Status> shape() {
    return RequestArguments.Status.class;
  }

  @Override
  public Ruling rule(Asking asking, RequestArguments.Status arguments) throws SQLException {
    Device device = asking.device();
    DeviceLogHead log = asking.register().logHead(device.index());
    return Ruling.done(
        new StatusResult(
            standing(device),
            asking.sequencer().epoch(),
            asking.sequencer().next(),
            log.lineIndex(),
            log.head(),
            vault.recoveryEpoch(),
            keySets.current().version(),
            fates(asking, arguments.numbers()),
            device.blockedUntilMillis(),
            devices(asking),
            asking.epochs().notices().made(),
            agreements.waitingFor(asking.bound().party()).map(Agreement::terms).orElse(null)));
  }

  private static List<StatusResult.NumberFate> fates(Asking asking, List<NumberAt> numbers)
      throws SQLException {
    long device = asking.device().index();
    List<ConsumedRow> used =
        new ConsumedRows(asking.connection())
            .byNumber(
                numbers.stream()
                    .map(at -> new ConsumedRows.At(device, at.epoch(), at.n()))
                    .toList());
    Set<NumberAt> seen = new HashSet<>();
    used.forEach(row -> seen.add(new NumberAt(row.epoch(), row.n())));
    Set<NumberAt> answered = new HashSet<>(new AnswerRows(asking.connection()).answered(used));
    return numbers.stream()
        .map(at -> new StatusResult.NumberFate(at, fate(at, seen, answered)))
        .toList();
  }

  private static StatusResult.Fate fate(NumberAt at, Set<NumberAt> seen, Set<NumberAt> answered) {
    if (answered.contains(at)) {
      return StatusResult.Fate.FINAL;
    }
    return seen.contains(at) ? StatusResult.Fate.PENDING : StatusResult.Fate.NOT_SEEN;
  }

  private List<StatusResult.AccountDevice> devices(Asking asking) {
    return asking
        .register()
        .newestEverActive(asking.bound().party().id(), StatusResult.MAX_DEVICES)
        .stream()
        .map(
            device ->
                new StatusResult.AccountDevice(
                    device.deviceId(),
                    standing(device),
                    device.createdAt().toInstant().toEpochMilli(),
                    device.standing().countersignedAt().isPresent(),
                    newDeviceLimit.minorOf(device, asking.nowMillis())))
        .toList();
  }

  private static StatusResult.DeviceStanding standing(Device device) {
    DeviceState state = device.state();
    return switch (state) {
      case ACTIVE -> StatusResult.DeviceStanding.ACTIVE;
      case SUSPENDED -> StatusResult.DeviceStanding.SUSPENDED;
      case REVOKED -> StatusResult.DeviceStanding.REVOKED;
      case PENDING -> throw new IllegalStateException("a pending device is not told of");
    };
  }
}
