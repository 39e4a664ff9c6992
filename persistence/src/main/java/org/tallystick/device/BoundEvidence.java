package org.tallystick.device;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.tallystick.format.Suite;

/** What enrolment tied together, and both signatures under it; written once. */
@Embeddable
public class BoundEvidence {
  @Column(name = "suite", nullable = false, updatable = false)
  private int suite;

  @Column(name = "public_key", nullable = false, updatable = false)
  private byte[] publicKey;

  @Column(name = "account_identifier", nullable = false, updatable = false)
  private byte[] accountIdentifier;

  @Column(name = "contract_id", nullable = false, updatable = false)
  private byte[] contractId;

  @Column(name = "binding_record", nullable = false, updatable = false)
  private byte[] bindingRecord;

  @Column(name = "bind_request_sealed", nullable = false, updatable = false)
  private byte[] bindRequestSealed;

  /** For JPA. */
  protected BoundEvidence() {}

  /**
   * Takes copies.
   *
   * @param suite of the device
   * @param publicKey of the device, 33 bytes
   * @param accountIdentifier of the party, 16 bytes
   * @param contractId of the party, 16 bytes
   * @param bindingRecord COSE_Sign1 by the bank
   * @param bindRequestSealed COSE_Sign1 by the device, under the personal key: what checks the PIN
   *     and what the device told of itself are in it
   */
  public BoundEvidence(
      Suite suite,
      byte[] publicKey,
      byte[] accountIdentifier,
      byte[] contractId,
      byte[] bindingRecord,
      byte[] bindRequestSealed) {
    this.suite = suite.value();
    this.publicKey = publicKey.clone();
    this.accountIdentifier = accountIdentifier.clone();
    this.contractId = contractId.clone();
    this.bindingRecord = bindingRecord.clone();
    this.bindRequestSealed = bindRequestSealed.clone();
  }

  /** Which algorithms protect the device. */
  public Suite suite() {
    return Suite.of(suite);
  }

  /** The key that verifies the device's signatures, 33 bytes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The account it was bound to, 16 bytes. */
  public byte[] accountIdentifier() {
    return accountIdentifier.clone();
  }

  /** The contract it was bound under, 16 bytes. */
  public byte[] contractId() {
    return contractId.clone();
  }

  /** COSE_Sign1 by the bank's certificate key. */
  public byte[] bindingRecord() {
    return bindingRecord.clone();
  }

  /** COSE_Sign1 by the device, sealed: the party's signature under the agreement. */
  public byte[] bindRequestSealed() {
    return bindRequestSealed.clone();
  }

  @Override
  public String toString() {
    return "BoundEvidence";
  }
}
