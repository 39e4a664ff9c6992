package org.tallystick.institution;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedNativeQuery;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;

/**
 * A member bank of the consortium: parties register through it and see its brand, its staff and
 * programs see those parties and no others.
 */
@Entity
@Table(name = "institution")
@NamedQuery(
    name = "Institution.byPublicId",
    query = "select i from Institution i where i.publicId = :value")
@NamedQuery(
    name = "Institution.page",
    query = "select i from Institution i where i.id > :after order by i.id")
@NamedNativeQuery(
    name = "Institution.ofName",
    query =
        "select id from institution where (name_look_hash = ?1 or name_folded_hash = ?2)"
            + " and state <> 'CLOSED' and id <> ?3")
public class Institution {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "institution_seq")
  @SequenceGenerator(
      name = "institution_seq",
      sequenceName = "institution_seq",
      allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Column(name = "public_id", nullable = false, updatable = false)
  private byte[] publicId;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private InstitutionState state;

  @Embedded private Brand brand;

  @Column(name = "created_at", nullable = false, updatable = false)
  private OffsetDateTime createdAt;

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected Institution() {}

  /** An active institution. */
  public Institution(byte[] publicId, Brand brand, OffsetDateTime createdAt) {
    this.publicId = publicId.clone();
    this.brand = brand;
    this.createdAt = createdAt;
    this.state = InstitutionState.ACTIVE;
  }

  /** Shows itself in another way from now on. */
  public void rebrand(Brand other) {
    brand = other;
  }

  /**
   * Moves to {@code next}.
   *
   * @throws IllegalStateException if it may not follow: callers ask first
   */
  public void moveTo(InstitutionState next) {
    if (!state.permits(next)) {
      throw new IllegalStateException(state + " does not permit " + next);
    }
    state = next;
  }

  /** The internal number, never shown outside. */
  public long id() {
    return id;
  }

  /** Names it in addresses: 16 random bytes. */
  public byte[] publicId() {
    return publicId.clone();
  }

  /** Where it stands. */
  public InstitutionState state() {
    return state;
  }

  /** How it shows itself. */
  public Brand brand() {
    return brand;
  }

  /** When it joined. */
  public OffsetDateTime createdAt() {
    return createdAt;
  }

  /** Goes up with each change. */
  public int version() {
    return version;
  }
}
