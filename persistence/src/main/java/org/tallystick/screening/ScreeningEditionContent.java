package org.tallystick.screening;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The files of an edition in one ZIP archive; apart, so that lists of editions do not read it. */
@Entity
@Table(name = "screening_edition_content")
public class ScreeningEditionContent {
  @Id
  @Column(name = "edition_id")
  private long editionId;

  @Column(name = "zip", nullable = false, updatable = false)
  private byte[] zip;

  /** For JPA. */
  protected ScreeningEditionContent() {}

  /** Content of the edition with an internal number; the array is not copied. */
  public ScreeningEditionContent(long editionId, byte[] zip) {
    this.editionId = editionId;
    this.zip = zip;
  }

  /** The archive, not copied. */
  public byte[] zip() {
    return zip;
  }
}
