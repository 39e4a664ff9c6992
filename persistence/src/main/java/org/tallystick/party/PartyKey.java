package org.tallystick.party;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key that a party's personal data is sealed under, itself sealed; destroyed, none of it can be
 * opened any more, wherever copies of it are.
 */
@Entity
@Table(name = "party_key")
public class PartyKey {
  @Id
  @Column(name = "party_id")
  private long partyId;

  @Column(name = "key_sealed")
  private byte @Nullable [] keySealed;

  @Column(name = "made_at", nullable = false, updatable = false)
  private OffsetDateTime madeAt;

  @Column(name = "destroyed_at")
  private @Nullable OffsetDateTime destroyedAt;

  /** For JPA. */
  protected PartyKey() {}

  /** A party's key, sealed. */
  public PartyKey(long partyId, byte[] keySealed, OffsetDateTime madeAt) {
    this.partyId = partyId;
    this.keySealed = keySealed.clone();
    this.madeAt = madeAt;
  }

  /** The sealed key; empty once it is destroyed. */
  public Optional<byte[]> keySealed() {
    return Optional.ofNullable(keySealed).map(byte[]::clone);
  }

  /** Destroys it, for good. */
  public void destroy(OffsetDateTime at) {
    keySealed = null;
    destroyedAt = at;
  }

  @Override
  public String toString() {
    return "PartyKey(" + partyId + ", since " + madeAt + ", destroyed " + destroyedAt + ")";
  }
}
