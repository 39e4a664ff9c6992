package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.HalfRows;
import org.tallystick.code.Role;
import org.tallystick.code.TransactionNumber;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceTransition;
import org.tallystick.device.SuspensionReason;
import org.tallystick.keys.Bank;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.pairing.Ending;
import org.tallystick.pairing.Slot;
import org.tallystick.pairing.SlotRows;
import org.tallystick.pairing.SlotState;

/**
 * Kind 8: any active device of an account may have any of the account's devices suspended, and what
 * waits under a transaction number ended. What is paired is on its way to its decision and stays.
 * The answers to ended halves follow with the next sweep, like those of any half that ended alone.
 *
 * <p>Locks, after the sequencer of who asks: slots ascending, halves, the named device's row.
 *
 * <p>Source: docs/PROTOCOL.md section R.8.
 */
@ApplicationScoped
public class NotMeRule implements RequestRule<RequestArguments.NotMe> {
  @Inject Bank bank;

  @Override
  public RequestKind kind() {
    return RequestKind.NOT_ME;
  }

  @Override
  public Class<RequestArguments.NotMe> shape() {
    return RequestArguments.NotMe.class;
  }

  @Override
  public Ruling rule(Asking asking, RequestArguments.NotMe arguments) throws SQLException {
    Optional<Device> named =
        Optional.ofNullable(arguments.deviceId()).flatMap(id -> own(asking, id));
    if (arguments.deviceId() != null && named.isEmpty()) {
      return Ruling.refused(RequestStatus.UNKNOWN);
    }
    String number =
        Optional.ofNullable(arguments.number()).map(TransactionNumber::text).orElse(null);
    Waiting waiting = number == null ? Waiting.NONE : end(asking, number);
    boolean suspended = named.isPresent() && suspend(asking, named.get());
    if (suspended || waiting == Waiting.ENDED) {
      asking
          .register()
          .announce(
              asking.device(),
              new NoticeSubject.NotMeUsed(arguments.deviceId(), number),
              asking.now());
      return Ruling.done(new RequestResult.NotMe(suspended, waiting == Waiting.ENDED));
    }
    return Ruling.refused(
        named.isPresent() || waiting == Waiting.TOO_LATE
            ? RequestStatus.NOT_PERMITTED
            : RequestStatus.UNKNOWN);
  }

  private static Optional<Device> own(Asking asking, byte[] deviceId) {
    return asking
        .register()
        .byDeviceId(deviceId)
        .filter(device -> device.partyId() == asking.device().partyId());
  }

  private static boolean suspend(Asking asking, Device named) {
    Optional<DeviceTransition> line =
        asking
            .register()
            .lock(named.index())
            .flatMap(
                device ->
                    device.suspend(
                        SuspensionReason.OWNER,
                        "device " + asking.device().index(),
                        SuspensionReason.OWNER.words(),
                        asking.now()));
    asking.record(line);
    return line.isPresent();
  }

  /** What became of the account's halves under a number. */
  private enum Waiting {
    /** There are none. */
    NONE,
    /** They are paired, or over. */
    TOO_LATE,
    /** One waited at least, and ended. */
    ENDED
  }

  private Waiting end(Asking asking, String number) throws SQLException {
    List<Slot> slots =
        new SlotRows(asking.entities(), asking.connection())
            .lockByNumber(bank.consortium(), number);
    Set<Long> account =
        asking.register().ofParty(asking.device().partyId()).stream()
            .map(Device::index)
            .collect(Collectors.toSet());
    HalfRows halves = new HalfRows(asking.connection());
    Map<Long, HalfRows.Origin> origins = halves.origins(halvesIn(slots));
    Waiting waiting = Waiting.NONE;
    for (Slot slot : slots) {
      for (Role role : Role.values()) {
        HalfRows.@Nullable Origin origin = slot.half(role).map(origins::get).orElse(null);
        if (origin == null || !account.contains(origin.device())) {
          continue;
        }
        if (slot.state() == SlotState.OPEN) {
          String reason = Ending.ofNotMe(role).name();
          slot.decline(reason);
          halves.refuseWaiting(List.of(slot.half(role).orElseThrow()), reason, asking.now());
          waiting = Waiting.ENDED;
        } else if (waiting == Waiting.NONE) {
          waiting = Waiting.TOO_LATE;
        }
      }
    }
    return waiting;
  }

  private static List<Long> halvesIn(List<Slot> slots) {
    List<Long> ids = new ArrayList<>();
    for (Slot slot : slots) {
      for (Role role : Role.values()) {
        slot.half(role).ifPresent(ids::add);
      }
    }
    return ids;
  }
}
