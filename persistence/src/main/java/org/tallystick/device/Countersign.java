package org.tallystick.device;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/**
 * The word of one device of an account that another was bound with its owner's will; written once,
 * evidence beside the binding record.
 *
 * <p>Source: docs/PROTOCOL.md section R.9.
 */
@Entity
@Table(name = "device_countersign")
public class Countersign {
  @Id
  @Column(name = "device_pk")
  private long deviceIndex;

  @Column(name = "signer_pk", nullable = false, updatable = false)
  private long signerIndex;

  @Column(name = "sign1", nullable = false, updatable = false)
  private byte[] sign1;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  /** For JPA. */
  protected Countersign() {}

  Countersign(long deviceIndex, long signerIndex, byte[] sign1, OffsetDateTime at) {
    this.deviceIndex = deviceIndex;
    this.signerIndex = signerIndex;
    this.sign1 = sign1.clone();
    this.at = at;
  }

  /** The device that is vouched for. */
  public long deviceIndex() {
    return deviceIndex;
  }

  /** The device that vouches. */
  public long signerIndex() {
    return signerIndex;
  }

  /** COSE_Sign1 by the device that vouches. */
  public byte[] sign1() {
    return sign1.clone();
  }

  /** Bank clock. */
  public OffsetDateTime at() {
    return at;
  }

  @Override
  public String toString() {
    return "Countersign(" + deviceIndex + " by " + signerIndex + ")";
  }
}
