package org.tallystick.screening;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** That an edition of a list was taken out of force, by two people. */
@Entity
@Table(name = "screening_retirement")
public class ScreeningRetirement {
  @Id
  @Column(name = "edition_id")
  private long editionId;

  @Column(name = "generation", nullable = false, updatable = false)
  private long generation;

  @Column(name = "proposed_by", nullable = false, updatable = false)
  private String proposedBy;

  @Column(name = "approved_by", nullable = false, updatable = false)
  private String approvedBy;

  @Column(name = "reason", nullable = false, updatable = false)
  private String reason;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  /** For JPA. */
  protected ScreeningRetirement() {}

  /**
   * An edition goes out of force now.
   *
   * @param generation that this begins
   */
  public ScreeningRetirement(
      ScreeningRetirementProposal proposal, long generation, String approvedBy, OffsetDateTime at) {
    this.editionId = proposal.editionId();
    this.generation = generation;
    this.proposedBy = proposal.proposedBy();
    this.approvedBy = approvedBy;
    this.reason = proposal.reason();
    this.at = at;
  }

  /** Who approved. */
  public String approvedBy() {
    return approvedBy;
  }

  /** Why, in the proposer's words. */
  public String reason() {
    return reason;
  }

  /** When. */
  public OffsetDateTime at() {
    return at;
  }
}
