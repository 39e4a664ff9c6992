package org.tallystick.party;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.agreement.AgreementTerms;

/**
 * A version of the program agreement: its text, the hash that parties sign, and from when on it is
 * needed. Published once, never changed; the newest one that is in force holds.
 */
@Entity
@Table(name = "agreement")
@NamedQuery(
    name = "Agreement.newestFirst",
    query = "select a from Agreement a where a.version < :before order by a.version desc")
@NamedQuery(
    name = "Agreement.inForce",
    query = "select a from Agreement a where a.effectiveAt <= :now order by a.version desc")
public class Agreement {
  @Id
  @Column(name = "version")
  private int version;

  @Column(name = "text", nullable = false, updatable = false)
  private String text;

  @Column(name = "text_hash", nullable = false, updatable = false)
  private byte[] hash;

  @Column(name = "effective_at", nullable = false, updatable = false)
  private OffsetDateTime effectiveAt;

  @Column(name = "published_by", updatable = false)
  private @Nullable String publishedBy;

  @Column(name = "approved_by", updatable = false)
  private @Nullable String approvedBy;

  @Column(name = "published_at", nullable = false, updatable = false)
  private OffsetDateTime publishedAt;

  /** For JPA. */
  protected Agreement() {}

  /** The one that is published on the word of two people. */
  Agreement(AgreementProposal proposal, String approvedBy, OffsetDateTime at) {
    this.version = proposal.version();
    this.text = proposal.text();
    this.hash = proposal.hash();
    this.effectiveAt = proposal.effectiveAt();
    this.publishedBy = proposal.proposedBy();
    this.approvedBy = approvedBy;
    this.publishedAt = at;
  }

  /** The number, from 1. */
  public int version() {
    return version;
  }

  /** The text, with line feeds; at most 12,000 characters. */
  public String text() {
    return text;
  }

  /** SHA-256 of the text in UTF-8. */
  public byte[] hash() {
    return hash.clone();
  }

  /** From then on halves need it. */
  public OffsetDateTime effectiveAt() {
    return effectiveAt;
  }

  /** Who proposed it; nobody where it was shipped. */
  public Optional<String> publishedBy() {
    return Optional.ofNullable(publishedBy);
  }

  /** Who confirmed it; nobody where it was shipped. */
  public Optional<String> approvedBy() {
    return Optional.ofNullable(approvedBy);
  }

  /** When it was published. */
  public OffsetDateTime publishedAt() {
    return publishedAt;
  }

  /** Whether it is in force at a time. */
  public boolean inForceAt(OffsetDateTime at) {
    return !effectiveAt.isAfter(at);
  }

  /** Whether that is its text's hash. */
  public boolean hasHash(byte[] other) {
    return Arrays.equals(hash, other);
  }

  /** As devices are told of it. */
  public AgreementTerms terms() {
    return new AgreementTerms(version, hash, effectiveAt.toInstant().toEpochMilli());
  }

  @Override
  public String toString() {
    return "Agreement(" + version + ")";
  }
}
