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

/** A document of a party, without its content: see {@link PartyDocumentContent}. */
@Entity
@Table(name = "party_document")
@NamedQuery(
    name = "PartyDocument.ofParty",
    query = "select d from PartyDocument d where d.partyId = :party order by d.id")
@NamedQuery(
    name = "PartyDocument.byPublicId",
    query = "select d from PartyDocument d where d.publicId = :value and d.partyId = :party")
public class PartyDocument {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "party_document_seq")
  @SequenceGenerator(
      name = "party_document_seq",
      sequenceName = "party_document_seq",
      allocationSize = 1)
  @Column(name = "id")
  private long id;

  @Column(name = "public_id", nullable = false, updatable = false)
  private byte[] publicId;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Enumerated(EnumType.STRING)
  @Column(name = "kind", nullable = false, updatable = false)
  private DocumentKind kind;

  @Column(name = "media_type", nullable = false, updatable = false)
  private String mediaType;

  @Column(name = "size_bytes", nullable = false, updatable = false)
  private int sizeBytes;

  @Column(name = "sha256", nullable = false, updatable = false)
  private byte[] sha256;

  @Column(name = "uploaded_at", nullable = false, updatable = false)
  private OffsetDateTime uploadedAt;

  /** For JPA. */
  protected PartyDocument() {}

  /**
   * A document.
   *
   * @param publicId names it in addresses, 16 random bytes
   * @param sha256 of the content as it was uploaded
   */
  public PartyDocument(
      long partyId,
      byte[] publicId,
      DocumentKind kind,
      DocumentMedia media,
      int sizeBytes,
      byte[] sha256,
      OffsetDateTime uploadedAt) {
    this.partyId = partyId;
    this.publicId = publicId.clone();
    this.kind = kind;
    this.mediaType = media.type();
    this.sizeBytes = sizeBytes;
    this.sha256 = sha256.clone();
    this.uploadedAt = uploadedAt;
  }

  /** The internal number, known once it is kept. */
  public long id() {
    return id;
  }

  /** Names it in addresses: 16 random bytes. */
  public byte[] publicId() {
    return publicId.clone();
  }

  /** What the party says it is. */
  public DocumentKind kind() {
    return kind;
  }

  /** In which form. */
  public DocumentMedia media() {
    return DocumentMedia.ofType(mediaType).orElseThrow();
  }

  /** How long the content is. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** SHA-256 of the content. */
  public byte[] sha256() {
    return sha256.clone();
  }

  /** When it came. */
  public OffsetDateTime uploadedAt() {
    return uploadedAt;
  }
}
