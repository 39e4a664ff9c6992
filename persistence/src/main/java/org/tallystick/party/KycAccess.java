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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a member of the staff opened personal data of a party, what of it, and where the
 * registration stood then; written once, never changed.
 */
@Entity
@Table(name = "kyc_access")
@NamedQuery(
    name = "KycAccess.ofParty",
    query = "select a from KycAccess a where a.partyId = :party order by a.id")
public class KycAccess {
  /** What was opened. */
  public enum What {
    /** Name and e-mail address, in a list. */
    NAME,
    /** Everything the party said of itself. */
    DOSSIER,
    /** One document. */
    DOCUMENT,
    /** All that is known of the party, made into an export. */
    EXPORT
  }

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "kyc_access_seq")
  @SequenceGenerator(name = "kyc_access_seq", sequenceName = "kyc_access_seq", allocationSize = 1)
  @Column(name = "id")
  private long id;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Column(name = "actor", nullable = false, updatable = false)
  private String actor;

  @Enumerated(EnumType.STRING)
  @Column(name = "what", nullable = false, updatable = false)
  private What what;

  @Column(name = "document_id", updatable = false)
  private byte @Nullable [] documentId;

  @Enumerated(EnumType.STRING)
  @Column(name = "party_state", nullable = false, updatable = false)
  private RegistrationState partyState;

  @Column(name = "reason", updatable = false)
  private @Nullable String reason;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  /** For JPA. */
  protected KycAccess() {}

  /**
   * An opening, now.
   *
   * @param documentId which document, 16 bytes, or null
   */
  public KycAccess(
      Party party, String actor, What what, byte @Nullable [] documentId, OffsetDateTime at) {
    this.partyId = party.id();
    this.actor = actor;
    this.what = what;
    this.documentId = documentId == null ? null : documentId.clone();
    this.partyState = party.state();
    this.at = at;
  }

  /** Says why, before the line is kept. */
  public KycAccess because(String why) {
    reason = why;
    return this;
  }

  /** Why, where that was asked for. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** Its number. */
  public long id() {
    return id;
  }

  /** Who looked. */
  public String actor() {
    return actor;
  }

  /** At what. */
  public What what() {
    return what;
  }

  /** At which document, 16 bytes. */
  public Optional<byte[]> documentId() {
    return Optional.ofNullable(documentId).map(byte[]::clone);
  }

  /** Where the registration stood. */
  public RegistrationState partyState() {
    return partyState;
  }

  /** When. */
  public OffsetDateTime at() {
    return at;
  }
}
