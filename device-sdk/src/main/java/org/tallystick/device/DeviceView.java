package org.tallystick.device;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tallystick.bill.Bill;
import org.tallystick.code.Purpose;
import org.tallystick.device.state.Authority;
import org.tallystick.device.state.CheckpointShelf;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.Identity;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.notice.Notice;

/** What a device holds, for those who show it; it reads and changes nothing. */
public abstract class DeviceView {
  final Core core;

  DeviceView(Core core) {
    this.core = core;
  }

  /** What purchases with a hold or charges have left open here, oldest first. */
  public List<Authority> authorities() {
    return core.state().authorities();
  }

  /** Checkpoints of the bank that do not go together, first found first. */
  public List<CheckpointShelf.Evidence> evidenceAgainstBank() {
    CheckpointShelf shelf = core.state().checkpoints();
    return shelf == null ? List.of() : shelf.evidence();
  }

  /** The bank's notices that are kept, oldest first. */
  public List<Notice> notices() {
    return core.state().notices();
  }

  /** Who this device is, once it is enrolled. */
  public Optional<Identity> identity() {
    return core.active(core.state()).value().map(bound -> bound.identity());
  }

  /** Halves without a final answer, oldest first. */
  public List<OutboxEntry> openHalves() {
    return core.state().outbox();
  }

  /** Halves that have ended, with their receipts, oldest first. */
  public List<FinishedEntry> receipts() {
    return core.state().finished();
  }

  /** Index of the last log line held, 0 for none. */
  public long logIndex() {
    return core.active(core.state()).value().map(bound -> bound.logIndex()).orElse(0L);
  }

  /** The open half of a number with a purpose. */
  public Optional<OutboxEntry> open(String number, Purpose purpose) {
    return core.state().outbox().stream()
        .filter(entry -> entry.number().equals(number) && entry.purpose() == purpose)
        .max(Comparator.comparing(OutboxEntry::n));
  }

  /** The bill of a number, from an open or an ended half. */
  public Optional<Bill> bill(String number) {
    Optional<byte[]> open =
        open(number, Purpose.PURCHASE).flatMap(entry -> Optional.ofNullable(entry.bill()));
    Optional<byte[]> ended =
        receipts().stream()
            .filter(entry -> entry.number().equals(number))
            .flatMap(entry -> Optional.ofNullable(entry.bill()).stream())
            .findFirst();
    return open.or(() -> ended).map(Bill::decode);
  }
}
