package org.tallystick.code;

import jakarta.persistence.EntityManager;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.AnswerRows;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.device.DeviceRegister;
import org.tallystick.device.DeviceSequencer;
import org.tallystick.device.DeviceTransition;
import org.tallystick.log.LogRows;
import org.tallystick.pairing.Ending;
import org.tallystick.pairing.Slot;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.NumberAt;
import org.tallystick.stage.Delivery;
import org.tallystick.stage.StageFaultException;

/**
 * Opens a batch of codes inside the caller's transaction: O1 to O12 in order, then P1 and P2.
 *
 * <p>Round trips for a batch, however many codes: lock sequencers, read devices, look for codes
 * that came again, read predecessors, count waiting halves, draw ids, make slots, lock slots, then
 * write sequencers, slots, used-up numbers and halves, mark twins paired, commit: 13, so 0.4 for
 * each half of a full batch. A code out of order costs two more, a cancel in the batch one.
 */
final class CodeBatch {
  private final EntityManager entities;
  private final OpeningTools tools;
  private final DeviceRegister register;
  private final ConsumedRows consumed;
  private final HalfRows halves;
  private final AnswerRows answers;
  private final LogRows logs;
  private final Connection connection;
  private final long nowMillis;
  private final OffsetDateTime now;
  private final OffsetDateTime dueAt;
  private final List<ConsumedRow> used = new ArrayList<>();
  private final List<HalfRow> opened = new ArrayList<>();
  private final List<DeviceTransition> transitions = new ArrayList<>();
  private long nextId;

  CodeBatch(EntityManager entities, Connection connection, OpeningTools tools) {
    this.entities = entities;
    this.connection = connection;
    this.tools = tools;
    this.register = new DeviceRegister(entities);
    this.consumed = new ConsumedRows(connection);
    this.halves = new HalfRows(connection);
    this.answers = new AnswerRows(connection);
    this.logs = new LogRows(connection);
    this.nowMillis = tools.clock().millis();
    this.now = Times.ofMillis(nowMillis);
    this.dueAt = Times.ofMillis(nowMillis + Slot.DUE_MILLIS);
  }

  CodeResult open(List<Delivery> deliveries) throws SQLException {
    List<ArrivedCode> arrived = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      ArrivedCode.of(delivery, tools).ifPresent(arrived::add);
    }
    Map<Long, LockedDevice> devices = lock(arrived);
    arrived.removeIf(code -> !devices.containsKey(code.device()));
    if (arrived.isEmpty()) {
      return new CodeResult(List.of(), List.of());
    }
    List<ReadyAnswer> again = dropKnown(arrived);
    if (!arrived.isEmpty()) {
      readPredecessors(devices);
      Map<Long, Integer> waiting = halves.waiting(devices.keySet());
      nextId = halves.drawIds();
      for (ArrivedCode code : arrived) {
        LockedDevice device = devices.get(code.device());
        if (device != null) {
          open(code, device);
        }
      }
      devices.values().forEach(LockedDevice::store);
      return new CodeResult(
          new PlacedBatch(entities, connection, now, dueAt).place(opened, waiting, this::write),
          again);
    }
    return new CodeResult(List.of(), again);
  }

  private Map<Long, LockedDevice> lock(List<ArrivedCode> arrived) {
    List<Long> indexes = arrived.stream().map(ArrivedCode::device).distinct().sorted().toList();
    List<DeviceSequencer> rows = register.lockSequencers(indexes);
    Map<Long, BoundDevice> bound =
        BoundDevice.read(entities, rows.stream().map(DeviceSequencer::deviceIndex).toList());
    Map<Long, LockedDevice> devices = new HashMap<>();
    for (DeviceSequencer row : rows) {
      BoundDevice device = bound.get(row.deviceIndex());
      if (device != null) {
        devices.put(row.deviceIndex(), new LockedDevice(device, row, tools, consumed, logs));
      }
    }
    return devices;
  }

  /** O3: takes out the codes that came before, and returns their answers where there are any. */
  private List<ReadyAnswer> dropKnown(List<ArrivedCode> arrived) throws SQLException {
    List<ConsumedRow> known = consumed.byHash(arrived.stream().map(ArrivedCode::hash).toList());
    Set<ByteBuffer> seen = new HashSet<>();
    known.forEach(row -> seen.add(ByteBuffer.wrap(row.codeHash())));
    arrived.removeIf(code -> !seen.add(code.hashKey()));
    return answers.byCode(known);
  }

  private void readPredecessors(Map<Long, LockedDevice> devices) throws SQLException {
    devices.forEach((index, device) -> device.learn(device.predecessor(), Optional.empty()));
    for (ConsumedRow row :
        consumed.byNumber(devices.values().stream().map(LockedDevice::predecessor).toList())) {
      LockedDevice device = devices.get(row.device());
      if (device != null) {
        device.learn(new ConsumedRows.At(row.device(), row.epoch(), row.n()), Optional.of(row));
      }
    }
  }

  private void open(ArrivedCode arrived, LockedDevice device) {
    OpenResult result =
        device.open(arrived.code(), nowMillis, nowMillis + SignedMap.MAX_LIFE_MILLIS);
    if (result instanceof OpenResult.Opened good) {
      accept(arrived, device, good.half(), good.next(), check(arrived, device, good.half()));
    } else if (result instanceof OpenResult.RekeyFirst late) {
      late.half().pinKey().close();
      accept(arrived, device, late.half(), late.next(), Optional.of(Refusal.REKEY_FIRST));
    } else if (result instanceof OpenResult.Compromised broken) {
      compromised(arrived, device, broken);
    }
  }

  private Optional<Refusal> check(ArrivedCode arrived, LockedDevice device, OpenedHalf half) {
    try {
      return device.check(half, arrived.receivedAtMillis(), now, transitions);
    } finally {
      half.pinKey().close();
    }
  }

  private void accept(
      ArrivedCode arrived,
      LockedDevice device,
      OpenedHalf half,
      DeviceEpochs next,
      Optional<Refusal> refusal) {
    SignedMap signed = half.signed();
    long index = arrived.device();
    ConsumedRow number =
        new ConsumedRow(
            index,
            signed.epoch(),
            signed.n(),
            half.codeHash(),
            signed.prev(),
            arrived.code().number());
    device.used(next, number);
    used.add(number);
    byte[] shorthand =
        refusal.isPresent()
            ? null
            : tools
                .halves()
                .wrapShorthand(half.privateMap().shorthand(), index, signed.epoch(), signed.n());
    opened.add(
        row(
            arrived,
            number,
            new HalfRow.Terms(half.sign1(), signed, shorthand),
            tools.halves().wrapReplyRoot(half.replyRoot(), index, signed.epoch(), signed.n()),
            refusal.map(Ending::of)));
  }

  private void compromised(
      ArrivedCode arrived, LockedDevice device, OpenResult.Compromised broken) {
    long index = arrived.device();
    NumberAt at = broken.at();
    ConsumedRow number =
        new ConsumedRow(
            index, at.epoch(), at.n(), broken.codeHash(), new byte[16], arrived.code().number());
    device.used(broken.next(), number);
    used.add(number);
    device.suspend(broken.step(), now).ifPresent(transitions::add);
    opened.add(
        row(
            arrived,
            number,
            null,
            tools.halves().wrapReplyRoot(broken.replyRoot(), index, at.epoch(), at.n()),
            Optional.of(Ending.ofBrokenStep(broken.step()))));
  }

  private HalfRow row(
      ArrivedCode arrived,
      ConsumedRow number,
      HalfRow.@Nullable Terms terms,
      byte[] replyRoot,
      Optional<Ending> ending) {
    return new HalfRow(
        nextId++,
        number.device(),
        number.epoch(),
        number.n(),
        arrived.code().consortium(),
        arrived.code().number(),
        arrived.code().account(),
        number.codeHash(),
        terms,
        replyRoot,
        Times.ofMillis(arrived.receivedAtMillis()),
        ending.isPresent() ? HalfState.REFUSED : HalfState.WAITING,
        ending.map(Ending::name).orElse(null),
        null,
        dueAt);
  }

  /** Writes what opening alone has changed; the slots are locked by now. */
  private void write() {
    transitions.forEach(register::record);
    entities.flush();
    try {
      consumed.insert(used);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}
