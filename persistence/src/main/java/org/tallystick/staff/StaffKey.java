package org.tallystick.staff;

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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A security key of a member of the staff.
 *
 * <p>Source: W3C Web Authentication Level 3, 4, "credential record".
 */
@Entity
@Table(name = "staff_key")
@NamedQuery(
    name = "StaffKey.ofStaff",
    query = "select k from StaffKey k where k.staffId = :staff order by k.id")
@NamedQuery(
    name = "StaffKey.byCredential",
    query = "select k from StaffKey k where k.credentialId = :credential")
@NamedQuery(
    name = "StaffKey.counts",
    query =
        "select k.staffId, count(k) from StaffKey k where k.staffId in :staff group by k.staffId")
@NamedQuery(
    name = "StaffKey.deleteOfStaff",
    query = "delete from StaffKey k where k.staffId = :staff")
public class StaffKey {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "staff_key_seq")
  @SequenceGenerator(name = "staff_key_seq", sequenceName = "staff_key_seq", allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Column(name = "public_id", nullable = false, updatable = false)
  private byte[] publicId;

  @Column(name = "staff_id", nullable = false, updatable = false)
  private long staffId;

  @Column(name = "credential_id", nullable = false, updatable = false)
  private byte[] credentialId;

  @Column(name = "public_key", nullable = false, updatable = false)
  private byte[] publicKey;

  @Column(name = "name", nullable = false)
  private String name;

  @Column(name = "sign_count", nullable = false)
  private long signCount;

  @Column(name = "backup_eligible", nullable = false, updatable = false)
  private boolean backupEligible;

  @Column(name = "added_at", nullable = false, updatable = false)
  private OffsetDateTime addedAt;

  @Column(name = "used_at")
  private @Nullable OffsetDateTime usedAt;

  @Column(name = "clone_suspected_at")
  private @Nullable OffsetDateTime cloneSuspectedAt;

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected StaffKey() {}

  /**
   * A key that was just registered.
   *
   * @param publicId 16 bytes to name it by
   * @param credentialId 1 to 1,023 bytes that the authenticator made
   * @param publicKey compressed point of P-256
   */
  public StaffKey(
      byte[] publicId,
      long staffId,
      byte[] credentialId,
      byte[] publicKey,
      String name,
      long signCount,
      boolean backupEligible,
      OffsetDateTime addedAt) {
    this.publicId = publicId.clone();
    this.staffId = staffId;
    this.credentialId = credentialId.clone();
    this.publicKey = publicKey.clone();
    this.name = name;
    this.signCount = signCount;
    this.backupEligible = backupEligible;
    this.addedAt = addedAt;
  }

  /** It has signed in, and counts so far. */
  public void used(long count, OffsetDateTime now) {
    signCount = count;
    usedAt = now;
  }

  /** Its count did not go up: there may be a copy, and it is good for nothing more. */
  public void suspectClone(OffsetDateTime now) {
    cloneSuspectedAt = now;
  }

  /** Gives it another name. */
  public void rename(String next) {
    name = next;
  }

  /** What it is named by. */
  public byte[] publicId() {
    return publicId.clone();
  }

  /** Whose it is. */
  public long staffId() {
    return staffId;
  }

  /** What the authenticator names it by. */
  public byte[] credentialId() {
    return credentialId.clone();
  }

  /** Compressed point of P-256. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** What its owner calls it. */
  public String name() {
    return name;
  }

  /** How often it has signed, as it says; 0 for keys that do not count. */
  public long signCount() {
    return signCount;
  }

  /** Whether it may be copied to other machines of its owner, as it said at the beginning. */
  public boolean backupEligible() {
    return backupEligible;
  }

  /** When it was registered. */
  public OffsetDateTime addedAt() {
    return addedAt;
  }

  /** When it was used last. */
  public Optional<OffsetDateTime> usedAt() {
    return Optional.ofNullable(usedAt);
  }

  /** Since when there may be a copy. */
  public Optional<OffsetDateTime> cloneSuspectedAt() {
    return Optional.ofNullable(cloneSuspectedAt);
  }
}
