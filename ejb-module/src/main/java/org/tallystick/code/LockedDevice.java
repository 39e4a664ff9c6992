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
import org.tallystick.log.LogLine;
import org.tallystick.pin.PinVerifier;
import org.tallystick.sequencer.SequencerState;
import org.tallystick.stage.StageFaultException;

/**
 * One device while a batch holds its sequencer: state and used-up numbers move on code by code and
 * are written once at the end.
 */
final class LockedDevice implements ConsumedCodes {
  private final BoundDevice bound;
  private final DeviceSequencer row;
  private final OpeningTools tools;
  private final ConsumedRows stored;
  private final Map<Long, Optional<ConsumedRow>> known = new HashMap<>();
  private SequencerState state;
  private boolean moved;

  LockedDevice(BoundDevice bound, DeviceSequencer row, OpeningTools tools, ConsumedRows stored) {
    this.bound = bound;
    this.row = row;
    this.tools = tools;
    this.stored = stored;
    this.state = tools.sequencers().open(row, bound.device().deviceId());
  }

  Device device() {
    return bound.device();
  }

  long epoch() {
    return state.epoch();
  }

  /** The number whose record nearly every code asks for: that of its predecessor. */
  ConsumedRows.At predecessor() {
    return new ConsumedRows.At(device().index(), state.epoch(), state.next() - 1);
  }

  /** Takes note of what became of a number. */
  void learn(long n, Optional<ConsumedRow> consumed) {
    known.put(n, consumed);
  }

  /** O4 to O9. */
  OpenResult open(Code code, long nowMillis, long skippedUntilMillis) {
    return new CodeOpener(tools.deviceKeys().of(device()), state, this)
        .open(code, nowMillis, skippedUntilMillis);
  }

  /** Whether an epoch of the device was made before the bank last lost something (O9c). */
  boolean isBeforeRecovery(long epoch) {
    return row.isBeforeRecovery(epoch, tools.recoveryEpoch());
  }

  /** head(0) of the device's log. */
  byte[] logSeed() {
    return LogLine.seed(
        device().evidence().suite(), device().deviceId(), device().evidence().bindingRecord());
  }

  /** O10 to O13; a wrong PIN is counted, a right one ends the count. */
  Optional<Refusal> check(OpenedHalf half, long receivedAtMillis, List<DeviceTransition> lines) {
    if (half.signed().role() == Role.PAYEE) {
      return check(half, new HalfCheck.Pins(null, null, 0), receivedAtMillis);
    }
    try (PinVerifier present = tools.devices().pinVerifier(device()).orElse(null);
        PinVerifier pending = tools.devices().pendingPinVerifier(device()).orElse(null)) {
      HalfCheck.Pins pins = new HalfCheck.Pins(present, pending, device().blockedUntilMillis());
      Optional<Refusal> refusal = check(half, pins, receivedAtMillis);
      if (refusal.equals(Optional.of(Refusal.PIN_WRONG))) {
        device().wrongPin(Times.ofMillis(receivedAtMillis)).ifPresent(lines::add);
      } else if (refusal.isEmpty() || refusal.equals(Optional.of(Refusal.ABOVE_DEVICE_LIMIT))) {
        rightPin(pending != null && HalfCheck.proves(half, pending));
      }
      return refusal;
    }
  }

  private Optional<Refusal> check(OpenedHalf half, HalfCheck.Pins pins, long receivedAtMillis) {
    return HalfCheck.check(
        half,
        new HalfCheck.Sender(
            binding(),
            bound.role(),
            device().state().mayTransact(),
            bound.party().state().mayTransact(),
            pins,
            tools.newDeviceLimit().of(device(), receivedAtMillis).orElse(null)),
        receivedAtMillis);
  }

  private void rightPin(boolean pendingProven) {
    if (pendingProven) {
      device().pendingPinProven();
    }
    if (device().wrongPins() != 0) {
      device().rightPin();
    }
  }

  /** Its chain is in other hands, or the device was copied. */
  Optional<DeviceTransition> suspend(String step, OffsetDateTime now) {
    SuspensionReason reason =
        step.startsWith("O9") ? SuspensionReason.FORK : SuspensionReason.COMPROMISED;
    return device().suspend(reason, "bank", "code broke " + step, now);
  }

  /** A number is used up. */
  void used(SequencerState next, ConsumedRow consumed) {
    state = next;
    moved = true;
    known.put(consumed.n(), Optional.of(consumed));
  }

  /** Writes the sequencer, wrapped, if it moved. */
  void store() {
    if (moved) {
      tools.sequencers().store(row, state);
    }
  }

  @Override
  public Optional<Consumed> byNumber(long epoch, long n) {
    if (epoch != state.epoch() || n < 0 || (n >= state.next() && !known.containsKey(n))) {
      return Optional.empty(); // never used: the state says so
    }
    return known.computeIfAbsent(n, this::read).map(ConsumedRow::consumed);
  }

  @Override
  public Optional<Long> byHash(byte[] codeHash) {
    throw new UnsupportedOperationException("O3 is done before a code is opened");
  }

  private Optional<ConsumedRow> read(long n) {
    try {
      return stored
          .byNumber(List.of(new ConsumedRows.At(device().index(), state.epoch(), n)))
          .stream()
          .findFirst();
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private DeviceBinding binding() {
    return new DeviceBinding(
        tools.consortium(),
        device().evidence().suite(),
        device().deviceId(),
        device().evidence().accountIdentifier(),
        device().evidence().contractId(),
        tools.bindingValue().apply(bound.party()));
  }
}
