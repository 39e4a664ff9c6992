package org.tallystick.device;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a device's requests are opened with: the root of its newest epoch and of the one before,
 * wrapped. Whoever reads or changes it to act on it holds the lock of the device's {@link
 * DeviceSequencer}.
 *
 * <p>Source: docs/PROTOCOL.md, requests and rekey.
 */
@Entity
@Table(name = "device_epoch")
public class DeviceEpoch {
  @Id
  @Column(name = "device_pk")
  private long deviceIndex;

  @Column(name = "epoch", nullable = false)
  private long epoch;

  @Column(name = "began_at", nullable = false)
  private OffsetDateTime beganAt;

  @Column(name = "first_n", nullable = false)
  private long first;

  @Column(name = "root_wrapped", nullable = false)
  private byte[] rootWrapped;

  @Column(name = "base_epoch")
  private @Nullable Long baseEpoch;

  @Column(name = "base_root_wrapped")
  private byte @Nullable [] baseRootWrapped;

  /** For JPA. */
  protected DeviceEpoch() {}

  /** The first epoch of a device. */
  public DeviceEpoch(
      long deviceIndex, long epoch, long first, byte[] rootWrapped, OffsetDateTime beganAt) {
    this.deviceIndex = deviceIndex;
    this.epoch = epoch;
    this.first = first;
    this.rootWrapped = rootWrapped.clone();
    this.beganAt = beganAt;
  }

  /** A rekey: the newest epoch becomes the base of a new one, and the former base is gone. */
  public void rekey(long newEpoch, long newFirst, byte[] newRootWrapped, OffsetDateTime at) {
    if (newEpoch <= epoch) {
      throw new IllegalStateException("an epoch does not go back");
    }
    baseEpoch = epoch;
    baseRootWrapped = rootWrapped;
    epoch = newEpoch;
    first = newFirst;
    rootWrapped = newRootWrapped.clone();
    beganAt = at;
  }

  /** The device it belongs to. */
  public long deviceIndex() {
    return deviceIndex;
  }

  /** Newest epoch. */
  public long epoch() {
    return epoch;
  }

  /** When the newest epoch began. */
  public OffsetDateTime beganAt() {
    return beganAt;
  }

  /** First number of the newest epoch. */
  public long first() {
    return first;
  }

  /** Root of the newest epoch, wrapped. */
  public byte[] rootWrapped() {
    return rootWrapped.clone();
  }

  /** The epoch before, if there was one. */
  public Optional<Long> baseEpoch() {
    return Optional.ofNullable(baseEpoch);
  }

  /** Root of the epoch before, wrapped, if there was one. */
  public Optional<byte[]> baseRootWrapped() {
    return Optional.ofNullable(baseRootWrapped).map(byte[]::clone);
  }

  @Override
  public String toString() {
    return "DeviceEpoch(" + deviceIndex + ", " + epoch + ")";
  }
}
