package org.tallystick.device.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tallystick.log.LogLine;

/**
 * The device's own copy of its log: how far it goes without a gap, and of lines that were fetched
 * alone the heads, so that the answers they belong to can be compared when they come.
 *
 * <p>Source: docs/PROTOCOL.md section 9, A5; TSE-15.
 *
 * @param index of the last contiguous line, 0 for none
 * @param head after it, 32 bytes
 * @param filled lines without their answer, oldest first
 * @param isSettled false from a rekey under a raised recovery epoch until the log was compared with
 *     the bank's (10.1); no answer and no notice is taken meanwhile
 */
public record DeviceLog(long index, byte[] head, List<Filled> filled, boolean isSettled) {
  /** Most lines kept without their answer; the oldest goes first. */
  public static final int MAX_FILLED = 64;

  /**
   * A line that was fetched alone.
   *
   * @param index of it
   * @param head after it, 32 bytes
   */
  public record Filled(long index, byte[] head) {}

  /** Copies the list. */
  public DeviceLog {
    filled = List.copyOf(filled);
  }

  /** An empty log. */
  public static DeviceLog seeded(byte[] seed) {
    return new DeviceLog(0, seed, List.of(), true);
  }

  /** Whether a line is the next one. */
  public boolean isNext(LogLine line) {
    return line.extendsHead(index + 1, head);
  }

  /** Whether a line was fetched before, alone, with the same content. */
  public boolean knows(LogLine line) {
    return filled.stream()
        .anyMatch(one -> one.index() == line.index() && Arrays.equals(one.head(), line.head()));
  }

  /** One line more, by an answer or a notice; one that was fetched alone is complete now. */
  public DeviceLog with(LogLine line) {
    List<Filled> left = new ArrayList<>(filled);
    return left.removeIf(one -> one.index() == line.index())
        ? new DeviceLog(index, head, left, isSettled)
        : new DeviceLog(line.index(), line.head(), left, isSettled);
  }

  /** The bank has lost acknowledged lines perhaps. */
  public DeviceLog unsettled() {
    return new DeviceLog(index, head, filled, false);
  }

  /** It is the bank's as far as it goes. */
  public DeviceLog settled() {
    return new DeviceLog(index, head, filled, true);
  }

  /** One line more, fetched alone. */
  public DeviceLog fill(LogLine line) {
    List<Filled> more = new ArrayList<>(filled);
    more.add(new Filled(line.index(), line.head()));
    return new DeviceLog(
        line.index(),
        line.head(),
        more.size() > MAX_FILLED ? more.subList(more.size() - MAX_FILLED, more.size()) : more,
        isSettled);
  }
}
