package org.tallystick.staff;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A member of the staff whom somebody says to be: the columns of {@link StaffUser} that the attempt
 * needs, and no roles, since each statement more than for an unknown name would tell by the time it
 * takes who exists.
 *
 * <p>An attempt is counted <em>before</em> the password is looked at, so that many attempts at once
 * do not slip past the count; success sets it back. From the fourth failure on the account rests,
 * each time twice as long, up to fifteen minutes.
 */
@Entity
@Table(name = "staff_user")
@NamedQuery(
    name = "SignInAttempt.byName",
    query = "select a from SignInAttempt a where a.name = :name")
public class SignInAttempt {
  private static final int FREE_FAILURES = 3;
  private static final Duration LONGEST_REST = Duration.ofMinutes(15);

  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "name", nullable = false, updatable = false)
  private String name;

  @Embedded private PasswordHash password;

  @Column(name = "one_time_until", updatable = false)
  private @Nullable OffsetDateTime oneTimeUntil;

  @Column(name = "failures", nullable = false)
  private int failures;

  @Column(name = "locked_until")
  private @Nullable OffsetDateTime lockedUntil;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false, updatable = false)
  private StaffState state;

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected SignInAttempt() {}

  /**
   * Counts an attempt; false where nobody may sign in by this account now, and then nothing is
   * counted: it is not active, rests, or its one-time password was not used in time.
   */
  public boolean count(OffsetDateTime now) {
    if (state != StaffState.ACTIVE || rests(now) || passwordIsOver(now)) {
      return false;
    }
    failures++;
    if (failures > FREE_FAILURES) {
      lockedUntil = now.plus(rest(failures - FREE_FAILURES));
    }
    return true;
  }

  /** The stored password. */
  public PasswordHash password() {
    return password;
  }

  private boolean rests(OffsetDateTime now) {
    return lockedUntil != null && now.isBefore(lockedUntil);
  }

  private boolean passwordIsOver(OffsetDateTime now) {
    return oneTimeUntil != null && !now.isBefore(oneTimeUntil);
  }

  static Duration rest(int failuresBeyondFree) {
    int doublings = Math.min(failuresBeyondFree, 10);
    Duration rest = Duration.ofSeconds(1L << doublings);
    return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
  }
}
