package org.tallystick.notice;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.code.Times;
import org.tallystick.crypto.Sha256;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceLogHead;
import org.tallystick.device.DeviceRegister;
import org.tallystick.device.DeviceSequencer;
import org.tallystick.device.DeviceState;
import org.tallystick.log.LogLine;
import org.tallystick.log.LogRows;
import org.tallystick.log.NoticeDetails;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.DownChain;

/**
 * Makes the notices that are due inside the caller's transaction: each is the next step of its
 * device's down chain and a line of its log. What is due is taken out in the same transaction, so
 * no notice is lost and none is made twice.
 *
 * <p>Lock order: what is due, which nobody waits for; then sequencers, then log heads, each
 * ascending.
 *
 * <p>Round trips: take what is due, read devices, lock sequencers, lock log heads, write sequencers
 * and log heads, lines and notices, commit: 9, however many.
 *
 * <p>Source: docs/PROTOCOL.md section N.
 */
final class NoticeBatch {
  private static final int SALT_LENGTH = 16;

  private final EntityManager entities;
  private final Connection connection;
  private final NoticeTools tools;
  private final DeviceRegister register;
  private final NoticeRows noticeRows;
  private final long nowMillis;
  private final Set<Long> active = new TreeSet<>();
  private final List<LogRows.Row> lines = new ArrayList<>();
  private final List<NoticeRows.Row> notices = new ArrayList<>();

  NoticeBatch(EntityManager entities, Connection connection, NoticeTools tools) {
    this.entities = entities;
    this.connection = connection;
    this.tools = tools;
    this.register = new DeviceRegister(entities);
    this.noticeRows = new NoticeRows(connection);
    this.nowMillis = tools.clock().millis();
  }

  List<ReadyAnswer> make(int limit) throws SQLException {
    List<NoticeRows.Due> due = noticeRows.take(limit);
    List<Device> devices = receivers(due);
    if (devices.isEmpty()) {
      return List.of();
    }
    List<Long> indexes = devices.stream().map(Device::index).toList();
    Map<Long, DeviceSequencer> sequencers = new HashMap<>();
    register.lockSequencers(indexes).forEach(row -> sequencers.put(row.deviceIndex(), row));
    Map<Long, DeviceLogHead> heads = new HashMap<>();
    register.lockLogHeads(indexes).forEach(head -> heads.put(head.deviceIndex(), head));
    for (Device device : devices) {
      tell(device, due, of(sequencers, device), of(heads, device));
    }
    entities.flush();
    new LogRows(connection).insert(lines);
    noticeRows.insert(notices);
    return notices.stream().map(row -> new ReadyAnswer(row.pickup(), row.sealed())).toList();
  }

  /** Active devices, and suspended ones that are meant alone: they may come back. */
  private List<Device> receivers(List<NoticeRows.Due> due) {
    Set<Long> parties = new TreeSet<>();
    due.forEach(row -> parties.add(row.party()));
    List<Device> devices = new ArrayList<>(register.activeOfParties(parties));
    devices.forEach(device -> active.add(device.index()));
    due.stream()
        .flatMap(row -> Optional.ofNullable(row.device()).stream())
        .distinct()
        .filter(index -> !active.contains(index))
        .flatMap(index -> register.byIndex(index).stream())
        .filter(device -> device.state() == DeviceState.SUSPENDED)
        .forEach(devices::add);
    return devices.stream().filter(device -> due.stream().anyMatch(r -> isFor(device, r))).toList();
  }

  private boolean isFor(Device device, NoticeRows.Due due) {
    Long meant = due.device();
    if (meant != null && meant == device.index()) {
      return true;
    }
    boolean forAll = meant == null || !active.contains(meant);
    return forAll
        && active.contains(device.index())
        && due.party() == device.partyId()
        && !Long.valueOf(device.index()).equals(due.exceptDevice())
        && device.standing().activatedAt().filter(at -> !at.isAfter(due.madeAt())).isPresent();
  }

  private void tell(
      Device device, List<NoticeRows.Due> due, DeviceSequencer row, DeviceLogHead head) {
    DeviceEpochs epochs = tools.sequencers().open(row, device.deviceId());
    for (NoticeRows.Due one : due) {
      if (isFor(device, one)) {
        seal(device, epochs.notices(), one.subject(), head);
        epochs = epochs.noticed();
      }
    }
    tools.sequencers().store(row, epochs);
  }

  private void seal(Device device, DownChain at, NoticeSubject subject, DeviceLogHead head) {
    byte[] details = new NoticeDetails(subject.kind(), Sha256.of(subject.encode())).encode();
    byte[] salt = new byte[SALT_LENGTH];
    tools.random().nextBytes(salt);
    LogLine line = head.append(nowMillis, NoticeDetails.KIND, LogLine.commitment(salt, details));
    lines.add(new LogRows.Row(device.index(), line, salt, details, null));
    Notice notice = new Notice(device.deviceId(), at.epoch(), at.k(), subject, nowMillis, line);
    notices.add(
        new NoticeRows.Row(
            device.index(),
            at.epoch(),
            at.k(),
            at.keys(device.evidence().suite(), device.deviceId()).pickup(),
            SealedNotice.seal(
                notice, device.evidence().suite(), tools.consortium(), tools.answerKey(), at),
            Times.ofMillis(nowMillis)));
  }

  private static <T> T of(Map<Long, T> locked, Device device) {
    T row = locked.get(device.index());
    if (row == null) {
      throw new IllegalStateException("a row of " + device + " is missing");
    }
    return row;
  }
}
