package org.tallystick.enrolment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** An approver's word that a party may bind one device more; used once, for a day. */
@Entity
@Table(name = "activation_allowance")
@NamedQuery(
    name = "ActivationAllowance.unused",
    query = "select a from ActivationAllowance a where a.partyId = :party and a.usedAt is null")
public class ActivationAllowance {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "activation_allowance_seq")
  @SequenceGenerator(
      name = "activation_allowance_seq",
      sequenceName = "activation_allowance_seq",
      allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Column(name = "granted_by", nullable = false)
  private String grantedBy;

  @Column(name = "granted_at", nullable = false)
  private OffsetDateTime grantedAt;

  @Column(name = "expires_at", nullable = false)
  private OffsetDateTime expiresAt;

  @Column(name = "used_at")
  private @Nullable OffsetDateTime usedAt;

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected ActivationAllowance() {}

  /** An allowance that lasts until it is used or expires. */
  public ActivationAllowance(
      long partyId, String grantedBy, OffsetDateTime grantedAt, OffsetDateTime expiresAt) {
    this.partyId = partyId;
    this.grantedBy = grantedBy;
    this.grantedAt = grantedAt;
    this.expiresAt = expiresAt;
  }

  /** Uses it up; false where it has been used or has expired. */
  public boolean use(OffsetDateTime now) {
    if (usedAt != null || !now.isBefore(expiresAt)) {
      return false;
    }
    usedAt = now;
    return true;
  }

  /** Grants an unused one anew. */
  public void renew(String by, OffsetDateTime at, OffsetDateTime until) {
    if (usedAt != null) {
      throw new IllegalStateException("the allowance has been used");
    }
    grantedBy = by;
    grantedAt = at;
    expiresAt = until;
  }

  /** Whose allowance it is. */
  public long partyId() {
    return partyId;
  }

  /** Who granted it. */
  public String grantedBy() {
    return grantedBy;
  }

  /** When it was granted. */
  public OffsetDateTime grantedAt() {
    return grantedAt;
  }

  /** Until when it may be used. */
  public OffsetDateTime expiresAt() {
    return expiresAt;
  }
}
