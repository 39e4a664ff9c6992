package org.tallystick.wallet;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/**
 * Who of the staff looked for whose number it is, when and why; written once, never changed. The
 * number is there as its keyed hash only.
 */
@Entity
@Table(name = "instrument_search")
@NamedQuery(
    name = "InstrumentSearch.before",
    query = "select s from InstrumentSearch s where s.id < :before order by s.id desc")
public class InstrumentSearch {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "instrument_search_seq")
  @SequenceGenerator(
      name = "instrument_search_seq",
      sequenceName = "instrument_search_seq",
      allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Column(name = "actor", nullable = false, updatable = false)
  private String actor;

  @Column(name = "reason", nullable = false, updatable = false)
  private String reason;

  @Column(name = "form", nullable = false, updatable = false)
  private String form;

  @Column(name = "number_hash", nullable = false, updatable = false)
  private byte[] numberHash;

  @Column(name = "found", nullable = false, updatable = false)
  private int found;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  /** For JPA. */
  protected InstrumentSearch() {}

  /**
   * A search that was made.
   *
   * @param form CARD, IBAN or US
   * @param numberHash keyed hash of the number, 32 bytes
   * @param found how many instruments there were
   */
  public InstrumentSearch(
      String actor, String reason, String form, byte[] numberHash, int found, OffsetDateTime at) {
    this.actor = actor;
    this.reason = reason;
    this.form = form;
    this.numberHash = numberHash.clone();
    this.found = found;
    this.at = at;
  }

  /** The internal number, by which pages go on. */
  public long id() {
    return id;
  }

  /** Who searched. */
  public String actor() {
    return actor;
  }

  /** Why. */
  public String reason() {
    return reason;
  }

  /** CARD, IBAN or US. */
  public String form() {
    return form;
  }

  /** How many instruments there were. */
  public int found() {
    return found;
  }

  /** When. */
  public OffsetDateTime at() {
    return at;
  }
}
