package org.tallystick.device;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/**
 * The bank's duplicate of one device's sequencer, wrapped: the row that is locked while a code of
 * the device is opened.
 */
@Entity
@Table(name = "device_sequencer")
@NamedQuery(
    name = "DeviceSequencer.byIndexes",
    query =
        "select s from DeviceSequencer s where s.deviceIndex in :indexes order by s.deviceIndex")
public class DeviceSequencer {
  @Id
  @Column(name = "device_pk")
  private long deviceIndex;

  @Column(name = "epoch", nullable = false)
  private long epoch;

  @Column(name = "next_n", nullable = false)
  private long next;

  @Column(name = "state_wrapped", nullable = false)
  private byte[] stateWrapped;

  /** For JPA. */
  protected DeviceSequencer() {}

  /** The row of a new device. */
  public DeviceSequencer(long deviceIndex, long epoch, long next, byte[] stateWrapped) {
    this.deviceIndex = deviceIndex;
    this.epoch = epoch;
    this.next = next;
    this.stateWrapped = stateWrapped.clone();
  }

  /** Replaces the state by its permitted next one; neither epoch nor number goes back. */
  public void advance(long newEpoch, long newNext, byte[] newStateWrapped) {
    if (newEpoch < epoch || (newEpoch == epoch && newNext < next)) {
      throw new IllegalStateException("a sequencer does not go back");
    }
    epoch = newEpoch;
    next = newNext;
    stateWrapped = newStateWrapped.clone();
  }

  /** The device it belongs to. */
  public long deviceIndex() {
    return deviceIndex;
  }

  /** Newest epoch. */
  public long epoch() {
    return epoch;
  }

  /** Lowest number of the newest epoch never used or passed over. */
  public long next() {
    return next;
  }

  /** The whole state, wrapped. */
  public byte[] stateWrapped() {
    return stateWrapped.clone();
  }

  @Override
  public String toString() {
    return "DeviceSequencer(" + deviceIndex + ")";
  }
}
