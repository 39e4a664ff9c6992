package org.tallystick.privacy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** One person's word that a party be erased; it counts once another person has confirmed it. */
@Entity
@Table(name = "erasure_proposal")
public class ErasureProposal {
  @Id
  @Column(name = "party_id")
  private long partyId;

  @Column(name = "proposed_by", nullable = false, updatable = false)
  private String proposedBy;

  @Column(name = "reason", nullable = false, updatable = false)
  private String reason;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  /** For JPA. */
  protected ErasureProposal() {}

  /** A proposal. */
  public ErasureProposal(long partyId, String proposedBy, String reason, OffsetDateTime at) {
    this.partyId = partyId;
    this.proposedBy = proposedBy;
    this.reason = reason;
    this.at = at;
  }

  /** Who proposed. */
  public String proposedBy() {
    return proposedBy;
  }

  /** Why. */
  public String reason() {
    return reason;
  }

  @Override
  public String toString() {
    return "ErasureProposal(" + partyId + ", " + at + ")";
  }
}
