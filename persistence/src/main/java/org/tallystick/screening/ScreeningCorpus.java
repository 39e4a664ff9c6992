package org.tallystick.screening;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedNativeQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** How common words were among the customers when a generation of lists and engine began. */
@Entity
@Table(name = "screening_corpus")
@NamedNativeQuery(
    name = "ScreeningCorpus.keep",
    query =
        "insert into screening_corpus (generation, names, words, sealed, counted_at)"
            + " values (?1, ?2, ?3, ?4, ?5) on conflict (generation) do nothing")
@NamedNativeQuery(
    name = "ScreeningCorpus.forget",
    query = "delete from screening_corpus where generation < ?1")
public class ScreeningCorpus {
  @Id
  @Column(name = "generation")
  private long generation;

  @Column(name = "names", nullable = false, updatable = false)
  private int names;

  @Column(name = "words", nullable = false, updatable = false)
  private int words;

  @Column(name = "sealed", nullable = false, updatable = false)
  private byte[] sealed;

  @Column(name = "counted_at", nullable = false, updatable = false)
  private OffsetDateTime countedAt;

  /** For JPA; rows are written by the query that no other node can be ahead of. */
  protected ScreeningCorpus() {}

  /** For which generation it was counted. */
  public long generation() {
    return generation;
  }

  /** How many customers were counted; 0 where they were too few. */
  public int names() {
    return names;
  }

  /** How many words were kept. */
  public int words() {
    return words;
  }

  /** The words with their counts, not copied. */
  public byte[] sealed() {
    return sealed;
  }

  /** When. */
  public OffsetDateTime countedAt() {
    return countedAt;
  }
}
