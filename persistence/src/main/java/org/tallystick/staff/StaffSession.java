package org.tallystick.staff;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/**
 * A signed-in member of the staff, found by the hash of the bearer token; the token is not kept.
 */
@Entity
@Table(name = "staff_session")
@NamedQuery(
    name = "StaffSession.deleteExpired",
    query = "delete from StaffSession s where s.expiresAt < :now")
@NamedQuery(
    name = "StaffSession.deleteOfStaff",
    query = "delete from StaffSession s where s.staffId = :staff")
@NamedQuery(
    name = "StaffSession.user",
    query =
        "select u from StaffSession s, StaffUser u"
            + " where s.tokenHash = :hash and s.expiresAt > :now and u.id = s.staffId"
            + " and (u.institution is null or exists (select i from Institution i"
            + " where i.id = u.institution"
            + " and i.state = org.tallystick.institution.InstitutionState.ACTIVE))")
@NamedQuery(
    name = "StaffSession.deleteByHash",
    query = "delete from StaffSession s where s.tokenHash = :hash")
public class StaffSession {
  @Id
  @Column(name = "token_hash")
  private byte[] tokenHash;

  @Column(name = "staff_id", nullable = false, updatable = false)
  private long staffId;

  @Column(name = "opened_at", nullable = false, updatable = false)
  private OffsetDateTime openedAt;

  @Column(name = "expires_at", nullable = false, updatable = false)
  private OffsetDateTime expiresAt;

  /** For JPA. */
  protected StaffSession() {}

  /** A session from now until it expires. */
  public StaffSession(
      byte[] tokenHash, long staffId, OffsetDateTime openedAt, OffsetDateTime expiresAt) {
    this.tokenHash = tokenHash.clone();
    this.staffId = staffId;
    this.openedAt = openedAt;
    this.expiresAt = expiresAt;
  }

  /** Whose session it is. */
  public long staffId() {
    return staffId;
  }

  /** When it began. */
  public OffsetDateTime openedAt() {
    return openedAt;
  }

  /** When it ends. */
  public OffsetDateTime expiresAt() {
    return expiresAt;
  }
}
