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
import java.time.OffsetDateTime;

/** Who decided what on a hit, when, why, and on which records; written once, never changed. */
@Entity
@Table(name = "screening_decision")
@NamedQuery(
    name = "ScreeningDecision.ofHit",
    query = "select d from ScreeningDecision d where d.hitId = :hit order by d.id")
public class ScreeningDecision {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "screening_decision_seq")
  @SequenceGenerator(
      name = "screening_decision_seq",
      sequenceName = "screening_decision_seq",
      allocationSize = 1)
  @Column(name = "id")
  private long id;

  @Column(name = "hit_id", nullable = false, updatable = false)
  private long hitId;

  @Enumerated(EnumType.STRING)
  @Column(name = "decision", nullable = false, updatable = false)
  private HitState decision;

  @Column(name = "actor", nullable = false, updatable = false)
  private String actor;

  @Column(name = "note_sealed", nullable = false, updatable = false)
  private byte[] noteSealed;

  @Column(name = "entry_hash", nullable = false, updatable = false)
  private byte[] entryHash;

  @Column(name = "facts_mac", nullable = false, updatable = false)
  private byte[] factsMac;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  /** For JPA. */
  protected ScreeningDecision() {}

  ScreeningDecision(
      long hitId,
      HitState decision,
      String actor,
      byte[] noteSealed,
      byte[] entryHash,
      byte[] factsMac,
      OffsetDateTime at) {
    this.hitId = hitId;
    this.decision = decision;
    this.actor = actor;
    this.noteSealed = noteSealed.clone();
    this.entryHash = entryHash.clone();
    this.factsMac = factsMac.clone();
    this.at = at;
  }

  /** What was decided. */
  public HitState decision() {
    return decision;
  }

  /** By whom. */
  public String actor() {
    return actor;
  }

  /** Why, sealed under the party's key. */
  public byte[] noteSealed() {
    return noteSealed.clone();
  }

  /** When. */
  public OffsetDateTime at() {
    return at;
  }
}
