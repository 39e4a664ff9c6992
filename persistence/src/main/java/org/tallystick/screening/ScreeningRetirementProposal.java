package org.tallystick.screening;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** That somebody wants to take an edition of a list out of force. */
@Entity
@Table(name = "screening_retirement_proposal")
public class ScreeningRetirementProposal {
  private static final int LIFE_DAYS = 7;

  @Id
  @Column(name = "edition_id")
  private long editionId;

  @Column(name = "proposed_by", nullable = false)
  private String proposedBy;

  @Column(name = "reason", nullable = false)
  private String reason;

  @Column(name = "proposed_at", nullable = false)
  private OffsetDateTime proposedAt;

  /** For JPA. */
  protected ScreeningRetirementProposal() {}

  /** Of an edition in force. */
  public ScreeningRetirementProposal(
      long editionId, String proposedBy, String reason, OffsetDateTime proposedAt) {
    this.editionId = editionId;
    again(proposedBy, reason, proposedAt);
  }

  /** Nobody approved in time: somebody proposes anew. */
  public final void again(String by, String why, OffsetDateTime at) {
    proposedBy = by;
    reason = why;
    proposedAt = at;
  }

  /** Internal number of the edition. */
  public long editionId() {
    return editionId;
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
  public OffsetDateTime proposedAt() {
    return proposedAt;
  }

  /** From then on nobody can approve it. */
  public OffsetDateTime expiresAt() {
    return proposedAt.plusDays(LIFE_DAYS);
  }

  /** Whether its time is over. */
  public boolean isExpired(OffsetDateTime now) {
    return !now.isBefore(expiresAt());
  }
}
