package org.tallystick.screening;

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
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a list that a party may be, or a name of the party that could not be compared. What
 * was found is sealed; this class cannot open it. Written with the party's row locked.
 */
@Entity
@Table(name = "screening_hit")
@NamedQuery(
    name = "ScreeningHit.ofParty",
    query = "select h from ScreeningHit h where h.partyId = :party")
@NamedQuery(
    name = "ScreeningHit.byPublicId",
    query = "select h from ScreeningHit h where h.publicId = :value")
@NamedQuery(
    name = "ScreeningHit.inState",
    query =
        "select h from ScreeningHit h where h.present = true and h.state = :state and h.id > :after"
            + " order by h.id")
@NamedQuery(
    name = "ScreeningHit.inStateOfInstitution",
    query =
        "select h from ScreeningHit h where h.present = true and h.institution = :institution"
            + " and h.state = :state and h.id > :after order by h.id")
@NamedQuery(
    name = "ScreeningHit.open",
    query =
        "select count(h) from ScreeningHit h where h.present = true"
            + " and h.state = org.tallystick.screening.HitState.OPEN")
@NamedQuery(
    name = "ScreeningHit.against",
    query =
        "select count(h) from ScreeningHit h where h.partyId = :party and h.present = true"
            + " and h.state <> org.tallystick.screening.HitState.FALSE_POSITIVE")
public class ScreeningHit {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "screening_hit_seq")
  @SequenceGenerator(
      name = "screening_hit_seq",
      sequenceName = "screening_hit_seq",
      allocationSize = 1)
  @Column(name = "id")
  private long id;

  @Column(name = "public_id", nullable = false, updatable = false)
  private byte[] publicId;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Column(name = "institution_id", updatable = false)
  private @Nullable Long institution;

  @Column(name = "list", nullable = false, updatable = false)
  private String list;

  @Column(name = "entity", nullable = false, updatable = false)
  private String entity;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private HitState state;

  @Column(name = "present", nullable = false)
  private boolean present;

  @Column(name = "score", nullable = false)
  private double score;

  @Column(name = "entry_hash", nullable = false)
  private byte[] entryHash;

  @Column(name = "facts_mac", nullable = false)
  private byte[] factsMac;

  @Column(name = "found_sealed", nullable = false)
  private byte[] foundSealed;

  @Column(name = "found_at", nullable = false)
  private OffsetDateTime foundAt;

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected ScreeningHit() {}

  /**
   * A hit on which nobody has decided.
   *
   * @param publicId 16 random bytes
   * @param institution the party's, or null
   * @param list the list's name
   * @param entity the entry's number in the list
   */
  public ScreeningHit(
      byte[] publicId,
      long partyId,
      @Nullable Long institution,
      String list,
      String entity,
      OffsetDateTime now) {
    this.publicId = publicId.clone();
    this.partyId = partyId;
    this.institution = institution;
    this.list = list;
    this.entity = entity;
    this.state = HitState.OPEN;
    this.entryHash = new byte[0];
    this.factsMac = new byte[0];
    this.foundSealed = new byte[0];
    this.foundAt = now;
  }

  /**
   * The entry was found again, or for the first time. A false positive stays one as long as both
   * records are those that it was decided on; a true match stays one in any case.
   *
   * @param entry hash of the listed entry
   * @param facts keyed hash of what the party says of itself
   * @param sealed what was found
   * @return whether somebody has to decide who had not to before
   */
  public boolean found(
      double likeness, byte[] entry, byte[] facts, byte[] sealed, OffsetDateTime now) {
    boolean same = Arrays.equals(entry, entryHash) && Arrays.equals(facts, factsMac);
    if (same && present) {
      return false;
    }
    boolean voided = !same && state == HitState.FALSE_POSITIVE;
    if (voided) {
      state = HitState.OPEN;
    }
    boolean opened = voided || (!present && state == HitState.OPEN);
    present = true;
    score = likeness;
    entryHash = entry.clone();
    factsMac = facts.clone();
    foundSealed = sealed.clone();
    foundAt = now;
    return opened;
  }

  /** The entry is not like the party any more, or is not listed any more. */
  public void gone() {
    present = false;
  }

  /** Somebody has decided, and says why, sealed; returns the line that records it. */
  public ScreeningDecision decide(
      HitState decision, String actor, byte[] noteSealed, OffsetDateTime now) {
    state = decision;
    return new ScreeningDecision(id, decision, actor, noteSealed, entryHash, factsMac, now);
  }

  /** By what addresses call it, 16 bytes. */
  public byte[] publicId() {
    return publicId.clone();
  }

  /** Internal number. */
  public long id() {
    return id;
  }

  /** Internal number of the party. */
  public long partyId() {
    return partyId;
  }

  /** Which list. */
  public String list() {
    return list;
  }

  /** Which entry of it. */
  public String entity() {
    return entity;
  }

  /** What is thought of it. */
  public HitState state() {
    return state;
  }

  /** Whether the last screening found it. */
  public boolean present() {
    return present;
  }

  /** How much the names are alike, 0..1; 1 for a name that could not be compared. */
  public double score() {
    return score;
  }

  /** Ciphertext under the party's key. */
  public byte[] foundSealed() {
    return foundSealed.clone();
  }

  /** When it was found, or found changed. */
  public OffsetDateTime foundAt() {
    return foundAt;
  }

  /** Counts its changes. */
  public int version() {
    return version;
  }
}
