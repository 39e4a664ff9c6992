package org.tallystick.staff;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How somebody is let in again who cannot sign in: proposed by one, to be confirmed by another. */
@Entity
@IdClass(StaffRecovery.Key.class)
@Table(name = "staff_recovery")
public class StaffRecovery {
  /** What is proposed. */
  public enum Kind {
    /** All security keys are taken away. */
    KEYS,
    /** A one-time password replaces the password. */
    PASSWORD
  }

  /** One of each kind for an account. */
  public static final class Key implements Serializable {
    private static final long serialVersionUID = 1;

    private long staffId;
    private @Nullable Kind kind;

    /** For JPA. */
    public Key() {}

    /** Names a proposal. */
    public Key(long staffId, Kind kind) {
      this.staffId = staffId;
      this.kind = kind;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that && staffId == that.staffId && kind == that.kind;
    }

    @Override
    public int hashCode() {
      return Objects.hash(staffId, kind);
    }
  }

  @Id
  @Column(name = "staff_id")
  private long staffId;

  @Id
  @Enumerated(EnumType.STRING)
  @Column(name = "kind")
  private Kind kind;

  @Column(name = "proposed_by", nullable = false, updatable = false)
  private String proposedBy;

  @Column(name = "reason", nullable = false, updatable = false)
  private String reason;

  @Column(name = "expires_at", nullable = false, updatable = false)
  private OffsetDateTime expiresAt;

  /** For JPA. */
  protected StaffRecovery() {}

  /** A proposal. */
  public StaffRecovery(
      long staffId, Kind kind, String proposedBy, String reason, OffsetDateTime expiresAt) {
    this.staffId = staffId;
    this.kind = kind;
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
