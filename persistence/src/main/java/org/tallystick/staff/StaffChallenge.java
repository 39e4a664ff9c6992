package org.tallystick.staff;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** What a security key has been asked to sign, found by its hash; good once and not for long. */
@Entity
@Table(name = "staff_challenge")
@NamedQuery(
    name = "StaffChallenge.deleteExpired",
    query = "delete from StaffChallenge c where c.expiresAt <= :now")
@NamedQuery(
    name = "StaffChallenge.deleteOfStaff",
    query = "delete from StaffChallenge c where c.staffId = :staff")
public class StaffChallenge {
  /** For what it was asked. */
  public enum Purpose {
    SIGN_IN,
    ADD_KEY
  }

  @Id
  @Column(name = "challenge_hash")
  private byte[] challengeHash;

  @Column(name = "staff_id", nullable = false, updatable = false)
  private long staffId;

  @Enumerated(EnumType.STRING)
  @Column(name = "purpose", nullable = false, updatable = false)
  private Purpose purpose;

  @Column(name = "expires_at", nullable = false, updatable = false)
  private OffsetDateTime expiresAt;

  /** For JPA. */
  protected StaffChallenge() {}

  /** A challenge to one member of the staff. */
  public StaffChallenge(
      byte[] challengeHash, long staffId, Purpose purpose, OffsetDateTime expiresAt) {
    this.challengeHash = challengeHash.clone();
    this.staffId = staffId;
    this.purpose = purpose;
    this.expiresAt = expiresAt;
  }

  /** Whom it was given to. */
  public long staffId() {
    return staffId;
  }

  /** Whether it serves that, now. */
  public boolean serves(Purpose wanted, OffsetDateTime now) {
    return purpose == wanted && now.isBefore(expiresAt);
  }
}
