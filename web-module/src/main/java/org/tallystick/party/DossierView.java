package org.tallystick.party;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a party.
 *
 * @param applicant what it applied with
 * @param verifiedUntil how long its identification holds
 * @param identification what it has submitted last
 * @param documents without content
 * @param proposal that nobody has confirmed yet
 */
public record DossierView(
    Applicant applicant,
    @Nullable OffsetDateTime verifiedUntil,
    @Nullable IdentificationView identification,
    List<DocumentView> documents,
    @Nullable ProposalView proposal) {
  static DossierView of(Dossier dossier) {
    OwnIdentification said = dossier.identification();
    ApprovalProposal proposal = dossier.proposal();
    return new DossierView(
        dossier.applicant(),
        dossier.verifiedUntil(),
        said == null ? null : IdentificationView.of(said),
        dossier.documents().stream().map(DocumentView::of).toList(),
        proposal == null
            ? null
            : new ProposalView(proposal.proposedBy(), proposal.reason(), proposal.at()));
  }

  @Override
  public String toString() {
    return "DossierView(" + applicant + ")";
  }

  /**
   * One person's word that a party be approved.
   *
   * @param proposedBy who
   * @param reason why
   * @param at when
   */
  public record ProposalView(String proposedBy, String reason, OffsetDateTime at) {}
}
