package org.tallystick.party;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a party said of itself for its identification at one time, sealed; this class cannot open
 * it. What was decided on is kept; what was not gives way to the next edition.
 */
@Entity
@Table(name = "party_identification")
@NamedQuery(
    name = "IdentificationEdition.newestFirst",
    query =
        "select e from IdentificationEdition e where e.partyId = :party order by e.edition desc")
@NamedQuery(
    name = "IdentificationEdition.lastApproval",
    query = "select max(e.approvedAt) from IdentificationEdition e where e.partyId = :party")
public class IdentificationEdition {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "party_identification_seq")
  @SequenceGenerator(
      name = "party_identification_seq",
      sequenceName = "party_identification_seq",
      allocationSize = 1)
  @Column(name = "id")
  private long id;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Column(name = "edition", nullable = false, updatable = false)
  private int edition;

  @Column(name = "sealed", nullable = false)
  private byte[] sealed;

  @Column(name = "stated_at", nullable = false, updatable = false)
  private OffsetDateTime statedAt;

  @Column(name = "submitted_at")
  private @Nullable OffsetDateTime submittedAt;

  @Column(name = "approved_at")
  private @Nullable OffsetDateTime approvedAt;

  /** For JPA. */
  protected IdentificationEdition() {}

  /** An edition that is not submitted yet. */
  public IdentificationEdition(long partyId, int edition, byte[] sealed, OffsetDateTime statedAt) {
    this.partyId = partyId;
    this.edition = edition;
    this.sealed = sealed.clone();
    this.statedAt = statedAt;
  }

  /** The party says that this is complete. */
  public void submit(OffsetDateTime now) {
    submittedAt = now;
  }

  /** Two people have found it good. */
  public void approve(OffsetDateTime now) {
    approvedAt = now;
  }

  /** Ciphertext under the personal key. */
  public byte[] sealed() {
    return sealed.clone();
  }

  /** Which edition, from 1. */
  public int edition() {
    return edition;
  }

  /** When it was said. */
  public OffsetDateTime statedAt() {
    return statedAt;
  }

  /** When it was submitted. */
  public Optional<OffsetDateTime> submittedAt() {
    return Optional.ofNullable(submittedAt);
  }

  /** When it was found good. */
  public Optional<OffsetDateTime> approvedAt() {
    return Optional.ofNullable(approvedAt);
  }

  /** Whether it waits for a decision. */
  public boolean pending() {
    return submittedAt != null && approvedAt == null;
  }
}
