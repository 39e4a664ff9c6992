package org.tallystick.privacy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** That a party was erased: who, when and why; written once, never changed. */
@Entity
@Table(name = "erasure")
@NamedQuery(
    name = "Erasure.before",
    query = "select e from Erasure e where e.id < :before order by e.id desc")
@NamedQuery(
    name = "Erasure.beforeOfInstitution",
    query =
        "select e from Erasure e where e.institution = :institution and e.id < :before"
            + " order by e.id desc")
public class Erasure {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "erasure_seq")
  @SequenceGenerator(name = "erasure_seq", sequenceName = "erasure_seq", allocationSize = 1)
  @Column(name = "id")
  private long id;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Column(name = "registration", nullable = false, updatable = false)
  private byte[] registration;

  @Column(name = "institution_id", updatable = false)
  private @Nullable Long institution;

  @Column(name = "proposed_by", nullable = false, updatable = false)
  private String proposedBy;

  @Column(name = "confirmed_by", nullable = false, updatable = false)
  private String confirmedBy;

  @Column(name = "reason", nullable = false, updatable = false)
  private String reason;

  @Column(name = "deleted", nullable = false, updatable = false)
  private int deleted;

  @Column(name = "emptied", nullable = false, updatable = false)
  private int emptied;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  /** For JPA. */
  protected Erasure() {}

  /** An erasure, now. */
  public Erasure(
      long partyId,
      byte[] registration,
      @Nullable Long institution,
      Word word,
      ErasedRows rows,
      OffsetDateTime at) {
    this.partyId = partyId;
    this.registration = registration.clone();
    this.institution = institution;
    this.proposedBy = word.proposedBy();
    this.confirmedBy = word.confirmedBy();
    this.reason = word.reason();
    this.deleted = rows.deleted();
    this.emptied = rows.emptied();
    this.at = at;
  }

  /**
   * On whose word.
   *
   * @param proposedBy one
   * @param confirmedBy the other
   * @param reason of the first
   */
  public record Word(String proposedBy, String confirmedBy, String reason) {}

  /** Its number. */
  public long id() {
    return id;
  }

  /** What named the party in addresses, 16 bytes. */
  public byte[] registration() {
    return registration.clone();
  }

  /** Who proposed and who confirmed, and why. */
  public Word word() {
    return new Word(proposedBy, confirmedBy, reason);
  }

  /** How many rows went. */
  public ErasedRows rows() {
    return new ErasedRows(deleted, emptied);
  }

  /** When. */
  public OffsetDateTime at() {
    return at;
  }

  @Override
  public String toString() {
    return "Erasure(" + partyId + ", " + at + ")";
  }
}
