package org.tallystick.party;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** The content of a document, sealed; apart, so that lists do not read it. */
@Entity
@Table(name = "party_document_content")
@NamedQuery(
    name = "PartyDocumentContent.sealed",
    query = "select c.sealed from PartyDocumentContent c where c.documentId = :document")
public class PartyDocumentContent {
  @Id
  @Column(name = "document_id")
  private long documentId;

  @Column(name = "sealed", nullable = false, updatable = false)
  private byte[] sealed;

  /** For JPA. */
  protected PartyDocumentContent() {}

  /** Content of the document with an internal number; the array is not copied. */
  public PartyDocumentContent(long documentId, byte[] sealed) {
    this.documentId = documentId;
    this.sealed = sealed;
  }

  /** Ciphertext under the personal key, not copied. */
  public byte[] sealed() {
    return sealed;
  }
}
