package org.tallystick.keys;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** One version of the bank's key set as the root signed it; written once. */
@Entity
@Table(name = "bank_key_set")
@NamedQuery(
    name = "KeySetEdition.newestFirst",
    query = "select k from KeySetEdition k order by k.version desc")
public class KeySetEdition {
  @Id
  @Column(name = "version")
  private long version;

  @Column(name = "created_at", nullable = false, updatable = false)
  private OffsetDateTime createdAt;

  @Column(name = "signed", nullable = false, updatable = false)
  private byte[] signed;

  /** For JPA. */
  protected KeySetEdition() {}

  /** Takes a copy of the COSE_Sign1. */
  public KeySetEdition(long version, OffsetDateTime createdAt, byte[] signed) {
    this.version = version;
    this.createdAt = createdAt;
    this.signed = signed.clone();
  }

  /** Grows; a device refuses an older one. */
  public long version() {
    return version;
  }

  /** When the root signed it. */
  public OffsetDateTime createdAt() {
    return createdAt;
  }

  /** COSE_Sign1 by the root. */
  public byte[] signed() {
    return signed.clone();
  }
}
