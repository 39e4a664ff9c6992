package org.tallystick.screening;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedNativeQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a party was screened last. Its row is read and written with the party's row locked, or locked
 * with it.
 */
@Entity
@Table(name = "screening_run")
@NamedNativeQuery(name = "ScreeningRun.due", query = ScreeningRun.DUE)
@NamedNativeQuery(name = "ScreeningRun.lockDue", query = ScreeningRun.LOCK_DUE)
@NamedNativeQuery(name = "ScreeningRun.waiting", query = ScreeningRun.WAITING)
public class ScreeningRun {
  /** Parties to be screened, those first that never were. */
  static final String DUE =
      "select party_id from screening_run where generation < ?1 order by generation, party_id limit ?2";

  /** Nobody waits for a party that is in use: the next round finds it. */
  static final String LOCK_DUE =
      "select r.party_id from screening_run r join party p on p.id = r.party_id"
          + " where r.party_id = ?1 and r.generation < ?2 for no key update of p, r skip locked";

  /** How many are to be screened. */
  static final String WAITING = "select count(*) from screening_run where generation < ?1";

  @Id
  @Column(name = "party_id")
  private long partyId;

  @Column(name = "generation")
  private @Nullable Long generation;

  @Column(name = "engine", nullable = false)
  private int engine;

  @Column(name = "editions", nullable = false)
  private String editions;

  @Column(name = "at")
  private @Nullable OffsetDateTime at;

  /** For JPA. */
  protected ScreeningRun() {}

  /** Of a party that was not screened yet. */
  public ScreeningRun(long partyId) {
    this.partyId = partyId;
    this.generation = 0L;
    this.editions = "";
  }

  /** The party says something new of itself: what was screened counts no more. */
  public void again() {
    generation = 0L;
  }

  /** The registration is over: nobody screens the party any more. */
  public void end() {
    generation = null;
  }

  /**
   * The party was screened.
   *
   * @param done the generation of the lists
   * @param version of the engine
   * @param against the lists, each with the beginning of its edition's hash
   */
  public void screened(long done, int version, String against, OffsetDateTime now) {
    generation = done;
    engine = version;
    editions = against;
    at = now;
  }

  /** Whether the party was screened in a generation. */
  public boolean isOf(long wanted) {
    return generation != null && generation == wanted;
  }

  /** The lists that it was screened against. */
  public String editions() {
    return editions;
  }

  /** When it was. */
  public Optional<OffsetDateTime> at() {
    return Optional.ofNullable(at);
  }
}
