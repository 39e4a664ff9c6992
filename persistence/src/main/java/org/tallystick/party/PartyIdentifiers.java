package org.tallystick.party;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * The random values by which a party is known in different places; none can be computed from
 * another.
 */
@Embeddable
public class PartyIdentifiers {
  @Column(name = "registration", nullable = false, updatable = false)
  private byte[] registration;

  @Column(name = "account_identifier", nullable = false, updatable = false)
  private byte[] accountIdentifier;

  @Column(name = "contract_id", nullable = false, updatable = false)
  private byte[] contractId;

  @Column(name = "account_binding_sealed", nullable = false, updatable = false)
  private byte[] accountBindingSealed;

  @Column(name = "token_hash", nullable = false)
  private byte[] tokenHash;

  /** For JPA. */
  protected PartyIdentifiers() {}

  /** Takes copies; all but the sealed value and the 32 byte hash are 16 random bytes. */
  public PartyIdentifiers(
      byte[] registration,
      byte[] accountIdentifier,
      byte[] contractId,
      byte[] accountBindingSealed,
      byte[] tokenHash) {
    this.registration = registration.clone();
    this.accountIdentifier = accountIdentifier.clone();
    this.contractId = contractId.clone();
    this.accountBindingSealed = accountBindingSealed.clone();
    this.tokenHash = tokenHash.clone();
  }

  /** Names the registration in addresses: 16 random bytes. */
  public byte[] registration() {
    return registration.clone();
  }

  /** Names the account inside codes: 16 random bytes. */
  public byte[] accountIdentifier() {
    return accountIdentifier.clone();
  }

  /** Names this party's own contract: 16 random bytes. */
  public byte[] contractId() {
    return contractId.clone();
  }

  /** The account binding value, sealed under the personal key. */
  public byte[] accountBindingSealed() {
    return accountBindingSealed.clone();
  }
}
