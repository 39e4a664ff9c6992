package org.tallystick.privacy;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was proposed about a party that is not erased.
 *
 * @param proposals newest first, 100 at most
 */
public record ErasureProposalList(List<Line> proposals) {
  /** Copies the list. */
  public ErasureProposalList {
    proposals = List.copyOf(proposals);
  }

  /** How things stand with a proposal. */
  public enum State {
    OPEN,
    WITHDRAWN,
    EXPIRED
  }

  /**
   * One proposal.
   *
   * @param state how things stand
   * @param proposedBy who wants it
   * @param reason why
   * @param at since when
   * @param expiresAt from then on nobody can confirm it
   * @param endedAt when it was taken back, or was over
   * @param endedReason why it was taken back
   */
  public record Line(
      State state,
      String proposedBy,
      String reason,
      OffsetDateTime at,
      OffsetDateTime expiresAt,
      @Nullable OffsetDateTime endedAt,
      @Nullable String endedReason) {
    static Line of(ErasureProposal proposal, OffsetDateTime now) {
      boolean expired = proposal.isExpired(now);
      State state = proposal.ended().isEmpty() ? State.OPEN : State.WITHDRAWN;
      return new Line(
          expired ? State.EXPIRED : state,
          proposal.proposedBy(),
          proposal.reason(),
          proposal.at(),
          proposal.expiresAt(),
          expired ? proposal.expiresAt() : proposal.endedAt().orElse(null),
          proposal.endedReason().orElse(null));
    }
  }
}
