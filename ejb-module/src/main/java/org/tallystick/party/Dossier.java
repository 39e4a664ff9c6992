package org.tallystick.party;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the bank knows of who a party is, opened.
 *
 * @param applicant what it applied with
 * @param verifiedUntil how long its identification holds
 * @param identification what it has submitted last
 * @param documents what it has handed in, without content
 * @param proposal that nobody has confirmed yet
 */
public record Dossier(
    Applicant applicant,
    @Nullable OffsetDateTime verifiedUntil,
    @Nullable OwnIdentification identification,
    List<PartyDocument> documents,
    @Nullable ApprovalProposal proposal) {
  /** Copies the list. */
  public Dossier {
    documents = List.copyOf(documents);
  }

  @Override
  public String toString() {
    return "Dossier(" + applicant + ")";
  }
}
