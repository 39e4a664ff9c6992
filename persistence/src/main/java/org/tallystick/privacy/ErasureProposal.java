package org.tallystick.privacy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
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
 * One person's word that a party be erased; it counts once another person has confirmed it. That
 * person may take it back, and after 30 days it is over by itself; both stay to be read.
 */
@Entity
@Table(name = "erasure_proposal")
@NamedQuery(
    name = "ErasureProposal.open",
    query = "select p from ErasureProposal p where p.partyId = :party and p.ended is null")
@NamedQuery(
    name = "ErasureProposal.newestFirst",
    query = "select p from ErasureProposal p where p.partyId = :party order by p.id desc")
public class ErasureProposal {
  /** How long another person may confirm it. */
  public static final int LIFE_DAYS = 30;

  /** Why it came to nothing. */
  public enum End {
    /** Who had proposed took it back. */
    WITHDRAWN,
    /** Nobody confirmed in time. */
    EXPIRED
  }

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "erasure_proposal_seq")
  @SequenceGenerator(
      name = "erasure_proposal_seq",
      sequenceName = "erasure_proposal_seq",
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

  @Enumerated(EnumType.STRING)
  @Column(name = "ended")
  private @Nullable End ended;

  @Column(name = "ended_reason")
  private @Nullable String endedReason;

  @Column(name = "ended_at")
  private @Nullable OffsetDateTime endedAt;

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

  /** Since when. */
  public OffsetDateTime at() {
    return at;
  }

  /** From then on nobody can confirm it. */
  public OffsetDateTime expiresAt() {
    return at.plusDays(LIFE_DAYS);
  }

  /** Whether its time is over, noted or not. */
  public boolean isExpired(OffsetDateTime now) {
    return ended == End.EXPIRED || (ended == null && !now.isBefore(expiresAt()));
  }

  /** Who proposed takes it back. */
  public void withdraw(String because, OffsetDateTime now) {
    ended = End.WITHDRAWN;
    endedReason = because;
    endedAt = now;
  }

  /** Notes that its time is over. */
  public void expire() {
    ended = End.EXPIRED;
    endedAt = expiresAt();
  }

  /** What it came to, if that is noted. */
  public Optional<End> ended() {
    return Optional.ofNullable(ended);
  }

  /** Why it was taken back. */
  public Optional<String> endedReason() {
    return Optional.ofNullable(endedReason);
  }

  /** When it ended, if that is noted. */
  public Optional<OffsetDateTime> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  @Override
  public String toString() {
    return "ErasureProposal(" + partyId + ", " + at + ")";
  }
}
