package org.tallystick.staff;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** That someone's keys be taken away: proposed by one, to be confirmed by another. */
@Entity
@Table(name = "staff_recovery")
public class StaffRecovery {
  @Id
  @Column(name = "staff_id")
  private long staffId;

  @Column(name = "proposed_by", nullable = false, updatable = false)
  private String proposedBy;

  @Column(name = "reason", nullable = false, updatable = false)
  private String reason;

  @Column(name = "expires_at", nullable = false, updatable = false)
  private OffsetDateTime expiresAt;

  /** For JPA. */
  protected StaffRecovery() {}

  /** A proposal. */
  public StaffRecovery(long staffId, String proposedBy, String reason, OffsetDateTime expiresAt) {
    this.staffId = staffId;
    this.proposedBy = proposedBy;
    this.reason = reason;
    this.expiresAt = expiresAt;
  }

  /** Who proposed it. */
  public String proposedBy() {
    return proposedBy;
  }

  /** Why. */
  public String reason() {
    return reason;
  }

  /** Until when it can be confirmed. */
  public OffsetDateTime expiresAt() {
    return expiresAt;
  }
}
