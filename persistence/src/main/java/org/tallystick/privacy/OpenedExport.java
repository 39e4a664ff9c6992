package org.tallystick.privacy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** That somebody may fetch an export for some minutes; written once, gone a day after. */
@Entity
@Table(name = "opened_export")
@NamedQuery(
    name = "OpenedExport.ofPartySince",
    query =
        "select e.openedAt from OpenedExport e where e.partyId = :party and e.openedAt > :since"
            + " order by e.openedAt desc")
@NamedQuery(
    name = "OpenedExport.byPersonSince",
    query =
        "select e.openedAt from OpenedExport e where e.openedBy = :person and e.openedAt > :since"
            + " order by e.openedAt desc")
@NamedQuery(
    name = "OpenedExport.find",
    query =
        "select e from OpenedExport e where e.publicId = :export and e.partyId = :party"
            + " and e.openedBy = :person")
public class OpenedExport {
  @Id
  @Column(name = "public_id")
  private byte[] publicId;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Column(name = "opened_by", nullable = false, updatable = false)
  private String openedBy;

  @Column(name = "reason", updatable = false)
  private @Nullable String reason;

  @Column(name = "opened_at", nullable = false, updatable = false)
  private OffsetDateTime openedAt;

  @Column(name = "expires_at", nullable = false, updatable = false)
  private OffsetDateTime expiresAt;

  /** For JPA. */
  protected OpenedExport() {}

  /**
   * An export that may be fetched.
   *
   * @param publicId 16 random bytes
   * @param openedBy who alone may fetch it
   * @param reason why the staff opened it; null where the party did itself
   */
  public OpenedExport(
      byte[] publicId,
      long partyId,
      String openedBy,
      @Nullable String reason,
      OffsetDateTime openedAt,
      OffsetDateTime expiresAt) {
    this.publicId = publicId.clone();
    this.partyId = partyId;
    this.openedBy = openedBy;
    this.reason = reason;
    this.openedAt = openedAt;
    this.expiresAt = expiresAt;
  }

  /** Its name, 16 bytes. */
  public byte[] publicId() {
    return publicId.clone();
  }

  /** Who may fetch it. */
  public String openedBy() {
    return openedBy;
  }

  /** Why, where that was asked for. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** Until when it may be fetched. */
  public OffsetDateTime expiresAt() {
    return expiresAt;
  }

  @Override
  public String toString() {
    return "OpenedExport(" + partyId + ", " + expiresAt + ")";
  }
}
