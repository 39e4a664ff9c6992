package org.tallystick.code;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceSequencer;
import org.tallystick.device.DeviceTransition;
import org.tallystick.device.SuspensionReason;
import org.tallystick.log.LogLine;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.Epoch;
import org.tallystick.sequencer.NumberAt;
import org.tallystick.stage.StageFaultException;

/**
 * One device while a batch holds its sequencer: state and used-up numbers move on code by code and
 * are written once at the end.
 */
final class LockedDevice implements ConsumedCodes {
  /** {@link Judgement} looks into the logs of a whole batch at once. */
  private static final LogHeads LATER =
      new LogHeads() {
        @Override
        public Optional<byte[]> headAt(long index) {
          throw new UnsupportedOperationException("heads are read for the whole batch");
        }

        @Override
        public boolean fits(long index, byte[] head) {
          return true;
        }
      };

  private final BoundDevice bound;
  private final DeviceSequencer row;
  private final OpeningTools tools;
  private final ConsumedRows stored;
  private final Map<NumberAt, Optional<ConsumedRow>> known = new HashMap<>();
  private DeviceEpochs epochs;
  private boolean moved;

  LockedDevice(BoundDevice bound, DeviceSequencer row, OpeningTools tools, ConsumedRows stored) {
    this.bound = bound;
    this.row = row;
    this.tools = tools;
    this.stored = stored;
    this.epochs = tools.sequencers().open(row, bound.device().deviceId());
  }

  Device device() {
    return bound.device();
  }

  /**
   * The numbers whose records nearly every code asks for: those of predecessors, in each open
   * epoch.
   */
  List<NumberAt> predecessors() {
    List<NumberAt> before = new ArrayList<>();
    Optional.ofNullable(epochs.older()).ifPresent(older -> addLast(older, before));
    addLast(epochs.newest(), before);
    return before;
  }

  private static void addLast(Epoch epoch, List<NumberAt> before) {
    if (epoch.next() > epoch.first()) {
      before.add(new NumberAt(epoch.number(), epoch.next() - 1));
    }
  }

  /** Takes note of what became of a number. */
  void learn(NumberAt at, Optional<ConsumedRow> consumed) {
    known.put(at, consumed);
  }

  /** O4 to O9 and O9c; O9b is left to {@link Judgement}, which asks for all codes at once. */
  OpenResult open(Code code, long nowMillis, long skippedUntilMillis) {
    return new CodeOpener(
            tools.deviceKeys().of(device()), epochs, this, LATER, tools.recoveryEpoch())
        .open(code, nowMillis, skippedUntilMillis);
  }

  /** head(0) of the device's log. */
  byte[] logSeed() {
    return LogLine.seed(
        device().evidence().suite(), device().deviceId(), device().evidence().bindingRecord());
  }

  /** Number of the party it is bound to. */
  long party() {
    return bound.party().id();
  }

  /**
   * O10 to O13; a wrong PIN is counted, a right one ends the count.
   *
   * @param numberReserved O8b
   * @param authorities O8c
   * @param levelPins what checks level PINs, wrapped
   * @param agreementInForce version that the party must have agreed to
   */
  Optional<Refusal> check(
      OpenedHalf half,
      boolean numberReserved,
      Authorities authorities,
      Map<Integer, byte[]> levelPins,
      long agreementInForce,
      long receivedAtMillis,
      List<DeviceTransition> lines) {
    try (HalfPins pins = HalfPins.open(tools.devices(), device(), half, levelPins)) {
      HalfCheck.Sender sender =
          new HalfCheck.Sender(
              binding(),
              bound.role(),
              device().state().mayTransact(),
              bound.party().state().mayTransact(),
              pins.pin(),
              pins.pending(),
              device().blockedUntilMillis(),
              numberReserved,
              tools.newDeviceLimit().minorOf(device(), receivedAtMillis),
              pins.levels(),
              tools.termsLimitMinor(),
              authorities,
              agreementInForce <= bound.party().contractVersion());
      Optional<Refusal> refusal = HalfCheck.check(half, sender, receivedAtMillis);
      if (refusal.filter(Refusal::isWrongPin).isPresent()) {
        device().wrongPin(Times.ofMillis(receivedAtMillis)).ifPresent(lines::add);
      } else if (refusal.isEmpty() || refusal.get().isAfterPins()) {
        pinsProven(half, HalfCheck.provesNewPin(half, sender));
      }
      return refusal;
    }
  }

  private void pinsProven(OpenedHalf half, boolean pending) {
    if (pending) {
      device().pendingPinProven();
    }
    boolean any = half.signed().role() == Role.PAYER || !half.privateMap().levelProofs().isEmpty();
    if (any && device().wrongPins() != 0) {
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
  void used(DeviceEpochs next, ConsumedRow consumed) {
    epochs = next;
    moved = true;
    known.put(new NumberAt(consumed.epoch(), consumed.n()), Optional.of(consumed));
  }

  /** Writes the sequencer, wrapped, if it moved. */
  void store() {
    if (moved) {
      tools.sequencers().store(row, epochs);
    }
  }

  @Override
  public Optional<Consumed> byNumber(long epoch, long n) {
    if (n < 0) {
      return Optional.empty();
    }
    NumberAt at = new NumberAt(epoch, n);
    if (!known.containsKey(at) && neverUsed(at)) {
      return Optional.empty();
    }
    return known.computeIfAbsent(at, this::read).map(ConsumedRow::consumed);
  }

  /** What the state says without asking the database. */
  private boolean neverUsed(NumberAt at) {
    return epochs
        .epoch(at.epoch())
        .filter(epoch -> at.n() < epoch.first() || at.n() >= epoch.next())
        .isPresent();
  }

  private Optional<ConsumedRow> read(NumberAt at) {
    try {
      return stored
          .byNumber(List.of(new ConsumedRows.At(device().index(), at.epoch(), at.n())))
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
