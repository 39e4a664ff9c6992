package org.tallystick.device;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.util.Arrays;
import org.tallystick.log.LogLine;

/**
 * Where one device's log ends: the row that is locked while a decision writes a line.
 *
 * <p>Source: docs/PROTOCOL.md section 9; TSE-15.
 */
@Entity
@Table(name = "device_log_head")
@NamedQuery(
    name = "DeviceLogHead.byIndexes",
    query = "select h from DeviceLogHead h where h.deviceIndex in :indexes order by h.deviceIndex")
public class DeviceLogHead {
  @Id
  @Column(name = "device_pk")
  private long deviceIndex;

  @Column(name = "line_index", nullable = false)
  private long lineIndex;

  @Column(name = "head", nullable = false)
  private byte[] head;

  /** For JPA. */
  protected DeviceLogHead() {}

  /** The empty log of a new device: index 0 with the seed. */
  public DeviceLogHead(long deviceIndex, byte[] seed) {
    this.deviceIndex = deviceIndex;
    this.head = seed.clone();
  }

  /** Makes the line after the head, and lets the head move on to it. */
  public LogLine append(long timeMillis, String kind, byte[] commitment) {
    LogLine line = LogLine.after(lineIndex + 1, head, timeMillis, kind, commitment);
    advance(line);
    return line;
  }

  /**
   * Moves on to a line.
   *
   * @throws IllegalStateException if it is not the line after the head
   */
  public void advance(LogLine line) {
    if (line.index() != lineIndex + 1 || !Arrays.equals(line.column1(), head)) {
      throw new IllegalStateException("line " + line.index() + " does not follow " + lineIndex);
    }
    lineIndex = line.index();
    head = line.head();
  }

  /** The device it belongs to. */
  public long deviceIndex() {
    return deviceIndex;
  }

  /** Index of the last line, 0 before the first. */
  public long lineIndex() {
    return lineIndex;
  }

  /** Column 1 of the next line, 32 bytes. */
  public byte[] head() {
    return head.clone();
  }
}
