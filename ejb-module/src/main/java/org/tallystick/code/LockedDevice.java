package org.tallystick.code;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceSequencer;
import org.tallystick.device.DeviceTransition;
import org.tallystick.device.SuspensionReason;
import org.tallystick.format.Suite;
import org.tallystick.log.LogLine;
import org.tallystick.log.LogRows;
import org.tallystick.pin.PinVerifier;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.Epoch;
import org.tallystick.stage.StageFaultException;

/**
 * One device while a batch holds its sequencer: state and used-up numbers move on code by code and
 * are written once at the end.
 */
final class LockedDevice implements ConsumedCodes, LogHeads {
  private static final long FIRST_RECOVERY_EPOCH = 0;

  private final BoundDevice bound;
  private final DeviceSequencer row;
  private final OpeningTools tools;
  private final ConsumedRows stored;
  private final LogRows logs;
  private final Map<ConsumedRows.At, Optional<ConsumedRow>> known = new HashMap<>();
  private final Map<Long, Optional<byte[]>> heads = new HashMap<>();
  private DeviceEpochs epochs;
  private boolean moved;

  LockedDevice(
      BoundDevice bound,
      DeviceSequencer row,
      OpeningTools tools,
      ConsumedRows stored,
      LogRows logs) {
    this.bound = bound;
    this.row = row;
    this.tools = tools;
    this.stored = stored;
    this.logs = logs;
    this.epochs = tools.sequencers().open(row, bound.device().deviceId());
  }

  Device device() {
    return bound.device();
  }

  /** The number whose record nearly every code asks for: that of its predecessor. */
  ConsumedRows.At predecessor() {
    return new ConsumedRows.At(
        device().index(), epochs.newest().number(), epochs.newest().next() - 1);
  }

  /** Takes note of what became of a number. */
  void learn(ConsumedRows.At at, Optional<ConsumedRow> consumed) {
    known.put(at, consumed);
  }

  /** O4 to O9c. */
  OpenResult open(Code code, long nowMillis, long skippedUntilMillis) {
    return new CodeOpener(tools.deviceKeys().of(device()), epochs, this, this, FIRST_RECOVERY_EPOCH)
        .open(code, nowMillis, skippedUntilMillis);
  }

  /** O10 to O13; a wrong PIN is counted, a right one ends the count. */
  Optional<Refusal> check(
      OpenedHalf half, long receivedAtMillis, OffsetDateTime now, List<DeviceTransition> lines) {
    Optional<PinVerifier> verifier =
        half.signed().role() == Role.PAYER
            ? tools.devices().pinVerifier(device())
            : Optional.empty();
    try (PinVerifier pin = verifier.orElse(null)) {
      Optional<Refusal> refusal =
          HalfCheck.check(
              half,
              new HalfCheck.Sender(
                  binding(),
                  bound.role(),
                  device().state().mayTransact(),
                  bound.party().state().mayTransact(),
                  pin),
              receivedAtMillis);
      if (refusal.equals(Optional.of(Refusal.PIN_WRONG))) {
        device().wrongPin(now).ifPresent(lines::add);
      } else if (refusal.isEmpty() && pin != null && device().wrongPins() != 0) {
        device().rightPin();
      }
      return refusal;
    }
  }

  /** Its chain is in other hands, or the device was copied. */
  Optional<DeviceTransition> suspend(String step, OffsetDateTime now) {
    SuspensionReason reason =
        step.startsWith("O9") ? SuspensionReason.FORK : SuspensionReason.COMPROMISED;
    return device().suspend(reason, "bank", "code broke " + step, now);
  }

  /** A number is used up. */
  void used(DeviceEpochs next, ConsumedRow consumed) {
    epochs = next;
    moved = true;
    known.put(
        new ConsumedRows.At(consumed.device(), consumed.epoch(), consumed.n()),
        Optional.of(consumed));
  }

  /** Writes the sequencer, wrapped, if it moved. */
  void store() {
    if (moved) {
      tools.sequencers().store(row, epochs);
    }
  }

  @Override
  public Optional<Consumed> byNumber(long epoch, long n) {
    ConsumedRows.At at = new ConsumedRows.At(device().index(), epoch, n);
    Epoch newest = epochs.newest();
    boolean unused = epoch == newest.number() && (n < newest.first() || n >= newest.next());
    if (unused && !known.containsKey(at)) {
      return Optional.empty(); // never used: the state says so
    }
    return known.computeIfAbsent(at, this::read).map(ConsumedRow::consumed);
  }

  private Optional<ConsumedRow> read(ConsumedRows.At at) {
    try {
      return stored.byNumber(List.of(at)).stream().findFirst();
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  @Override
  public Optional<byte[]> headAt(long index) {
    return heads.computeIfAbsent(index, this::readHead);
  }

  private Optional<byte[]> readHead(long index) {
    if (index == 0) {
      return Optional.of(
          LogLine.seed(epochs.suite(), device().deviceId(), device().evidence().bindingRecord()));
    }
    try {
      return logs.page(device().index(), index, 1).stream()
          .map(LogRows.Row::line)
          .filter(line -> line.index() == index)
          .map(LogLine::head)
          .findFirst();
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private DeviceBinding binding() {
    return new DeviceBinding(
        tools.consortium(),
        Suite.CLASSIC,
        device().deviceId(),
        device().evidence().accountIdentifier(),
        device().evidence().contractId(),
        tools.bindingValue().apply(bound.party()));
  }
}
