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

  @Column(name = "recovery_epoch", nullable = false)
  private long recoveryEpoch;

  @Column(name = "recovery_from", nullable = false)
  private long recoveryFrom;

  /** For JPA. */
  protected DeviceSequencer() {}

  /**
   * The row of a new device.
   *
   * @param recoveryEpoch of the bank at this time
   */
  public DeviceSequencer(
      long deviceIndex, long epoch, long next, byte[] stateWrapped, long recoveryEpoch) {
    this.deviceIndex = deviceIndex;
    this.epoch = epoch;
    this.next = next;
    this.stateWrapped = stateWrapped.clone();
    this.recoveryEpoch = recoveryEpoch;
    this.recoveryFrom = epoch;
  }

  /** Replaces the state by its permitted next one in the same epoch; no number goes back. */
  public void advance(long newNext, byte[] newStateWrapped) {
    if (newNext < next) {
      throw new IllegalStateException("a sequencer does not go back");
    }
    next = newNext;
    stateWrapped = newStateWrapped.clone();
  }

  /**
   * A rekey: the state now holds a new epoch, and the one before beside it.
   *
   * @param newRecoveryEpoch of the bank at this time
   */
  public void rekey(long newEpoch, long first, byte[] newStateWrapped, long newRecoveryEpoch) {
    if (newEpoch <= epoch || newRecoveryEpoch < recoveryEpoch) {
      throw new IllegalStateException("a sequencer does not go back");
    }
    if (newRecoveryEpoch > recoveryEpoch) {
      recoveryEpoch = newRecoveryEpoch;
      recoveryFrom = newEpoch;
    }
    epoch = newEpoch;
    next = first;
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

  /**
   * Whether an epoch of this device was made before the bank last raised its recovery epoch.
   *
   * @param ofEpoch the newest one, or an older one
   * @param ofBank the bank's recovery epoch now
   */
  public boolean isBeforeRecovery(long ofEpoch, long ofBank) {
    return recoveryEpoch < ofBank || ofEpoch < recoveryFrom;
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
