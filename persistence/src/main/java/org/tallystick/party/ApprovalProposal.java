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
import org.jspecify.annotations.Nullable;

/**
 * One person's word that a party be approved; it counts once another person has confirmed it. At
 * most one of a party is open.
 */
@Entity
@Table(name = "approval_proposal")
@NamedQuery(
    name = "ApprovalProposal.open",
    query = "select p from ApprovalProposal p where p.partyId = :party and p.endedAt is null")
public class ApprovalProposal {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "approval_proposal_seq")
  @SequenceGenerator(
      name = "approval_proposal_seq",
      sequenceName = "approval_proposal_seq",
      allocationSize = 1)
  @Column(name = "id")
  private long id;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Column(name = "proposed_by", nullable = false, updatable = false)
  private String proposedBy;

  @Column(name = "reason", nullable = false, updatable = false)
  private String reason;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  @Column(name = "ended_at")
  private @Nullable OffsetDateTime endedAt;

  /** For JPA. */
  protected ApprovalProposal() {}

  /** A proposal, open. */
  public ApprovalProposal(long partyId, String proposedBy, String reason, OffsetDateTime at) {
    this.partyId = partyId;
    this.proposedBy = proposedBy;
    this.reason = reason;
    this.at = at;
  }

  /** It was confirmed, or the registration went another way. */
  public void end(OffsetDateTime now) {
    endedAt = now;
  }

  /** Who proposed. */
  public String proposedBy() {
    return proposedBy;
  }

  /** Why. */
  public String reason() {
    return reason;
  }

  /** When. */
  public OffsetDateTime at() {
    return at;
  }
}
