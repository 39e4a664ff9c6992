package org.tallystick.privacy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** That an archive was made of what is known of a party; the archive itself is not kept. */
@Entity
@Table(name = "party_export")
@NamedQuery(
    name = "PartyExport.ofParty",
    query = "select e from PartyExport e where e.partyId = :party order by e.id desc")
@NamedQuery(
    name = "PartyExport.fetches",
    query = "select count(e) from PartyExport e where e.publicId = :export")
public class PartyExport {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "party_export_seq")
  @SequenceGenerator(
      name = "party_export_seq",
      sequenceName = "party_export_seq",
      allocationSize = 1)
  @Column(name = "id")
  private long id;

  @Column(name = "public_id", nullable = false, updatable = false)
  private byte[] publicId;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Column(name = "made_by", nullable = false, updatable = false)
  private String madeBy;

  @Column(name = "sha256", nullable = false, updatable = false)
  private byte[] sha256;

  @Column(name = "size_bytes", nullable = false, updatable = false)
  private int sizeBytes;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  /** For JPA. */
  protected PartyExport() {}

  /**
   * An archive, now.
   *
   * @param publicId of the export that it was fetched by, 16 bytes
   * @param sha256 of the whole of it
   */
  public PartyExport(
      byte[] publicId,
      long partyId,
      String madeBy,
      byte[] sha256,
      int sizeBytes,
      OffsetDateTime at) {
    this.publicId = publicId.clone();
    this.partyId = partyId;
    this.madeBy = madeBy;
    this.sha256 = sha256.clone();
    this.sizeBytes = sizeBytes;
    this.at = at;
  }

  /** The name of the export that it was fetched by, 16 bytes. */
  public byte[] publicId() {
    return publicId.clone();
  }

  /** Whether the party made it itself. */
  public boolean isOwn() {
    return madeBy.startsWith("party:");
  }

  /** SHA-256 of the whole of it. */
  public byte[] sha256() {
    return sha256.clone();
  }

  /** How long it is. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** When. */
  public OffsetDateTime at() {
    return at;
  }

  @Override
  public String toString() {
    return "PartyExport(" + id + ", " + at + ")";
  }
}
