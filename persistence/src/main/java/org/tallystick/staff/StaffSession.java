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
    name = "StaffSession.live",
    query =
        "select s, u from StaffSession s, StaffUser u"
            + " where s.tokenHash = :hash and s.expiresAt > :now and s.usedAt > :idleSince"
            + " and u.id = s.staffId and u.state = org.tallystick.staff.StaffState.ACTIVE"
            + " and (u.institution is null or exists (select i from Institution i"
            + " where i.id = u.institution"
            + " and i.state = org.tallystick.institution.InstitutionState.ACTIVE))")
@NamedQuery(
    name = "StaffSession.ofStaff",
    query =
        "select s from StaffSession s where s.staffId = :staff and s.expiresAt > :now"
            + " and s.usedAt > :idleSince order by s.openedAt desc, s.id")
@NamedQuery(
    name = "StaffSession.use",
    query = "update StaffSession s set s.usedAt = :now where s.tokenHash = :hash")
@NamedQuery(
    name = "StaffSession.deleteOne",
    query = "delete from StaffSession s where s.staffId = :staff and s.id = :id")
@NamedQuery(
    name = "StaffSession.deleteOthersWithoutKey",
    query =
        "delete from StaffSession s where s.staffId = :staff and s.withKey = false"
            + " and s.tokenHash <> :hash")
@NamedQuery(
    name = "StaffSession.deleteByHash",
    query = "delete from StaffSession s where s.tokenHash = :hash")
public class StaffSession {
  @Id
  @Column(name = "token_hash")
  private byte[] tokenHash;

  @Column(name = "staff_id", nullable = false, updatable = false)
  private long staffId;

  @Column(name = "id", nullable = false, updatable = false)
  private byte[] id;

  @Column(name = "used_at", nullable = false)
  private OffsetDateTime usedAt;

  @Column(name = "with_key", nullable = false, updatable = false)
  private boolean withKey;

  @Column(name = "opened_at", nullable = false, updatable = false)
  private OffsetDateTime openedAt;

  @Column(name = "expires_at", nullable = false, updatable = false)
  private OffsetDateTime expiresAt;

  /** For JPA. */
  protected StaffSession() {}

  /**
   * A session from now until it expires.
   *
   * @param id 16 bytes to name it by, which give no access
   * @param withKey whether a security key was used to open it
   */
  public StaffSession(
      byte[] tokenHash,
      byte[] id,
      long staffId,
      boolean withKey,
      OffsetDateTime openedAt,
      OffsetDateTime expiresAt) {
    this.tokenHash = tokenHash.clone();
    this.id = id.clone();
    this.staffId = staffId;
    this.withKey = withKey;
    this.openedAt = openedAt;
    this.usedAt = openedAt;
    this.expiresAt = expiresAt;
  }

  /** SHA-256 of its token. */
  public byte[] tokenHash() {
    return tokenHash.clone();
  }

  /** What it is named by. */
  public byte[] id() {
    return id.clone();
  }

  /** Whether a security key was used to open it. */
  public boolean withKey() {
    return withKey;
  }

  /** When it was used last, to the minute. */
  public OffsetDateTime usedAt() {
    return usedAt;
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
