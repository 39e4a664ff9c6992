package org.tallystick.screening;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A target list as it was loaded once; the newest of each list is in force, unless it was taken out
 * of force.
 */
@Entity
@Table(name = "screening_edition")
@NamedQuery(
    name = "ScreeningEdition.inForce",
    query =
        "select e from ScreeningEdition e where e.id ="
            + " (select max(n.id) from ScreeningEdition n where n.list = e.list)"
            + " and not exists (select r from ScreeningRetirement r where r.editionId = e.id)"
            + " order by e.list")
@NamedQuery(
    name = "ScreeningEdition.inForceOfList",
    query =
        "select e from ScreeningEdition e where e.id ="
            + " (select max(n.id) from ScreeningEdition n where n.list = :list)"
            + " and not exists (select r from ScreeningRetirement r where r.editionId = e.id)")
public class ScreeningEdition {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "screening_edition_seq")
  @SequenceGenerator(
      name = "screening_edition_seq",
      sequenceName = "screening_edition_seq",
      allocationSize = 1)
  @Column(name = "id")
  private long id;

  @Column(name = "list", nullable = false, updatable = false)
  private String list;

  @Column(name = "format", nullable = false, updatable = false)
  private String format;

  @Column(name = "generation", nullable = false, updatable = false)
  private long generation;

  @Column(name = "sha256", nullable = false, updatable = false)
  private byte[] sha256;

  @Column(name = "entries", nullable = false, updatable = false)
  private int entries;

  @Column(name = "names", nullable = false, updatable = false)
  private int names;

  @Column(name = "loaded_by", nullable = false, updatable = false)
  private String loadedBy;

  @Column(name = "shrink_reason", updatable = false)
  private @Nullable String shrinkReason;

  @Column(name = "loaded_at", nullable = false, updatable = false)
  private OffsetDateTime loadedAt;

  /** For JPA. */
  protected ScreeningEdition() {}

  /**
   * An edition that is loaded now.
   *
   * @param format as the readers of lists call it
   * @param generation that it begins
   * @param shrinkReason why it may be much shorter than the one before, or null
   */
  public ScreeningEdition(
      String list,
      String format,
      long generation,
      byte[] sha256,
      int entries,
      int names,
      String loadedBy,
      @Nullable String shrinkReason,
      OffsetDateTime loadedAt) {
    this.list = list;
    this.format = format;
    this.generation = generation;
    this.sha256 = sha256.clone();
    this.entries = entries;
    this.names = names;
    this.loadedBy = loadedBy;
    this.shrinkReason = shrinkReason;
    this.loadedAt = loadedAt;
  }

  /** Internal number. */
  public long id() {
    return id;
  }

  /** Which list. */
  public String list() {
    return list;
  }

  /** In which format it came. */
  public String format() {
    return format;
  }

  /** The generation that it began. */
  public long generation() {
    return generation;
  }

  /** SHA-256 of the bytes that were loaded. */
  public byte[] sha256() {
    return sha256.clone();
  }

  /** How many entries it has. */
  public int entries() {
    return entries;
  }

  /** How many names they have together. */
  public int names() {
    return names;
  }

  /** Who loaded it. */
  public String loadedBy() {
    return loadedBy;
  }

  /** Why it may be much shorter than the one before, or null. */
  public @Nullable String shrinkReason() {
    return shrinkReason;
  }

  /** When. */
  public OffsetDateTime loadedAt() {
    return loadedAt;
  }
}
