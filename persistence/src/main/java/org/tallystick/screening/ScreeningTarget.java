package org.tallystick.screening;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * What everybody is to be screened against: one row. A list that is loaded and a new version of the
 * engine each begin a generation.
 */
@Entity
@Table(name = "screening_target")
public class ScreeningTarget {
  /** The one row's key. */
  public static final int ID = 1;

  @Id
  @Column(name = "id")
  private int id;

  @Column(name = "generation", nullable = false)
  private long generation;

  @Column(name = "engine", nullable = false)
  private int engine;

  /** For JPA. */
  protected ScreeningTarget() {}

  /** Begins a generation and returns its number; the row is locked. */
  public long begin() {
    generation++;
    return generation;
  }

  /** A newer version of the engine begins a generation; an older one changes nothing. */
  public void engineIs(int version) {
    if (version > engine) {
      engine = version;
      generation++;
    }
  }

  /** Which generation is the newest; 0 before the first. */
  public long generation() {
    return generation;
  }

  /** The newest version of the engine that any node has. */
  public int engine() {
    return engine;
  }
}
