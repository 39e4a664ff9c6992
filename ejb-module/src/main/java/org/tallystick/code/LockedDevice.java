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

  /** O10 to O12; a wrong PIN is counted, a right one ends the count. */
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
        step.equals("O9") ? SuspensionReason.FORK : SuspensionReason.COMPROMISED;
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
        Suite.CLASSIC,
        device().deviceId(),
        device().evidence().accountIdentifier(),
        device().evidence().contractId(),
        tools.bindingValue().apply(bound.party()));
  }
}
