package org.tallystick.code;

import jakarta.persistence.EntityManager;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tallystick.answer.AnswerRows;
import org.tallystick.answer.ProgressRows;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.authority.Authority;
import org.tallystick.authority.AuthorityRows;
import org.tallystick.device.DeviceRegister;
import org.tallystick.device.DeviceSequencer;
import org.tallystick.pairing.SlotKey;
import org.tallystick.sequencer.NumberAt;
import org.tallystick.stage.Delivery;
import org.tallystick.stage.Hint;
import org.tallystick.stage.StageFaultException;

/**
 * Opens a batch of codes inside the caller's transaction: O1 to O13 in order, then P1 and P2.
 *
 * <p>Round trips for a batch, however many codes: lock sequencers, read devices, look for codes
 * that came again, read predecessors, read facts (ids, waiting halves, log heads, level PINs,
 * agreements), make slots, lock slots, then write sequencers, slots, used-up numbers and halves,
 * mark twins paired, commit: 12, so 0.4 for each half of a full batch. A code out of order costs
 * two more, a cancel, a number that the bank drew, a later step of a purchase or a half that asks
 * for progress one for the batch.
 */
final class CodeBatch {
  private final EntityManager entities;
  private final OpeningTools tools;
  private final DeviceRegister register;
  private final ConsumedRows consumed;
  private final AnswerRows answers;
  private final Connection connection;
  private final long nowMillis;

  CodeBatch(EntityManager entities, Connection connection, OpeningTools tools) {
    this.entities = entities;
    this.connection = connection;
    this.tools = tools;
    this.register = new DeviceRegister(entities);
    this.consumed = new ConsumedRows(connection);
    this.answers = new AnswerRows(connection);
    this.nowMillis = tools.clock().millis();
  }

  CodeResult open(List<Delivery> deliveries) throws SQLException {
    List<ArrivedCode> arrived = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      ArrivedCode.of(delivery, tools).ifPresent(arrived::add);
    }
    Map<Long, LockedDevice> devices = lock(arrived);
    arrived.removeIf(code -> !devices.containsKey(code.device()));
    if (arrived.isEmpty()) {
      return new CodeResult(List.of(), List.of(), List.of());
    }
    List<ReadyAnswer> again = dropKnown(arrived);
    if (arrived.isEmpty()) {
      return new CodeResult(List.of(), again, List.of());
    }
    readPredecessors(devices);
    List<OpenedCode> opened = open(arrived, devices);
    BatchFacts facts =
        BatchFacts.read(
            connection,
            devices.keySet(),
            opened.stream().flatMap(code -> code.namedLine().stream()).toList(),
            opened.stream().flatMap(code -> code.drawnNumber().stream()).toList(),
            opened.stream()
                .filter(OpenedCode::provesLevels)
                .map(code -> code.used().device())
                .distinct()
                .toList());
    Judgement judgement = new Judgement(tools, facts, authorities(opened), nowMillis);
    opened.forEach(judgement::judge);
    devices.values().forEach(LockedDevice::store);
    PlacedBatch placed = new PlacedBatch(entities, connection, nowMillis);
    List<Hint> hints =
        placed.place(judgement.halves(), facts.waiting(), () -> write(opened, judgement));
    List<ProgressRows.Row> progress =
        new ParkedHalves(tools, devices, nowMillis).tell(placed.parked());
    new ProgressRows(connection).insert(progress);
    return new CodeResult(hints, again, progress.stream().map(ProgressRows.Row::ready).toList());
  }

  /** What later steps of this batch may belong to; there is none in most batches. */
  private Map<SlotKey, Authority> authorities(List<OpenedCode> opened) throws SQLException {
    return new AuthorityRows(connection)
        .find(opened.stream().flatMap(code -> code.purchase().stream()).distinct().toList());
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
        devices.put(row.deviceIndex(), new LockedDevice(device, row, tools, consumed));
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
    List<ConsumedRows.At> wanted = new ArrayList<>();
    devices.forEach(
        (index, device) -> {
          for (NumberAt at : device.predecessors()) {
            device.learn(at, Optional.empty());
            wanted.add(new ConsumedRows.At(index, at.epoch(), at.n()));
          }
        });
    for (ConsumedRow row : consumed.byNumber(wanted)) {
      LockedDevice device = devices.get(row.device());
      if (device != null) {
        device.learn(new NumberAt(row.epoch(), row.n()), Optional.of(row));
      }
    }
  }

  private List<OpenedCode> open(List<ArrivedCode> arrived, Map<Long, LockedDevice> devices) {
    List<OpenedCode> opened = new ArrayList<>();
    for (ArrivedCode code : arrived) {
      LockedDevice device = devices.get(code.device());
      if (device != null) {
        OpenedCode.open(code, device, nowMillis).ifPresent(opened::add);
      }
    }
    return opened;
  }

  /** Writes what opening alone has changed; the slots are locked by now. */
  private void write(List<OpenedCode> opened, Judgement judgement) {
    judgement.transitions().forEach(register::record);
    entities.flush();
    try {
      consumed.insert(opened.stream().map(OpenedCode::used).toList());
      new IssuedNumbers(connection).use(judgement.drawn(), Times.ofMillis(nowMillis));
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}
