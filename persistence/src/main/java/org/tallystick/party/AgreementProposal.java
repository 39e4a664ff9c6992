package org.tallystick.party;

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
import org.jspecify.annotations.Nullable;

/**
 * A new version of the agreement as one person proposes it, until another one confirms it or it is
 * withdrawn. At most one is open.
 */
@Entity
@Table(name = "agreement_proposal")
@NamedQuery(
    name = "AgreementProposal.open",
    query =
        "select p from AgreementProposal p"
            + " where p.state = org.tallystick.party.AgreementProposal.State.OPEN")
public class AgreementProposal {
  /** Where a proposal stands. */
  public enum State {
    OPEN,
    PUBLISHED,
    WITHDRAWN
  }

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "agreement_proposal_seq")
  @SequenceGenerator(
      name = "agreement_proposal_seq",
      sequenceName = "agreement_proposal_seq",
      allocationSize = 1)
  @Column(name = "id")
  private long id;

  @Column(name = "version", nullable = false, updatable = false)
  private int version;

  @Column(name = "text", nullable = false, updatable = false)
  private String text;

  @Column(name = "text_hash", nullable = false, updatable = false)
  private byte[] hash;

  @Column(name = "effective_at", nullable = false, updatable = false)
  private OffsetDateTime effectiveAt;

  @Column(name = "proposed_by", nullable = false, updatable = false)
  private String proposedBy;

  @Column(name = "proposed_at", nullable = false, updatable = false)
  private OffsetDateTime proposedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private State state;

  @Column(name = "decided_by")
  private @Nullable String decidedBy;

  @Column(name = "decided_at")
  private @Nullable OffsetDateTime decidedAt;

  /** For JPA. */
  protected AgreementProposal() {}

  /**
   * An open one.
   *
   * @param version that it will have
   * @param hash SHA-256 of the text in UTF-8
   */
  public AgreementProposal(
      int version,
      String text,
      byte[] hash,
      OffsetDateTime effectiveAt,
      String proposedBy,
      OffsetDateTime proposedAt) {
    this.version = version;
    this.text = text;
    this.hash = hash.clone();
    this.effectiveAt = effectiveAt;
    this.proposedBy = proposedBy;
    this.proposedAt = proposedAt;
    this.state = State.OPEN;
  }

  /** Another person confirms it; gives what is published. */
  public Agreement publish(String by, OffsetDateTime at) {
    decide(State.PUBLISHED, by, at);
    return new Agreement(this, by, at);
  }

  /** It is not to be published. */
  public void withdraw(String by, OffsetDateTime at) {
    decide(State.WITHDRAWN, by, at);
  }

  private void decide(State next, String by, OffsetDateTime at) {
    if (state != State.OPEN) {
      throw new IllegalStateException("the proposal is decided");
    }
    state = next;
    decidedBy = by;
    decidedAt = at;
  }

  /** The number that it will have. */
  public int version() {
    return version;
  }

  /** The text. */
  public String text() {
    return text;
  }

  /** SHA-256 of the text in UTF-8. */
  public byte[] hash() {
    return hash.clone();
  }

  /** From then on halves would need it. */
  public OffsetDateTime effectiveAt() {
    return effectiveAt;
  }

  /** Who wants it. */
  public String proposedBy() {
    return proposedBy;
  }

  /** Since when. */
  public OffsetDateTime proposedAt() {
    return proposedAt;
  }

  @Override
  public String toString() {
    return "AgreementProposal(" + version + ", " + state + ")";
  }
}
