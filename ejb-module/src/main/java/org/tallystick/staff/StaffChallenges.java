package org.tallystick.staff;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.Sha256;
import org.tallystick.staff.StaffChallenge.Purpose;

/** Challenges to security keys: kept as hashes, good once and for two minutes. */
@ApplicationScoped
public class StaffChallenges {
  static final Duration GOOD_FOR = Duration.ofMinutes(2);
  private static final int LENGTH = 32;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Clock clock;
  @Inject SecureRandom random;

  /** Draws one for a member of the staff, within the caller's transaction. */
  public byte[] draw(long staff, Purpose purpose) {
    OffsetDateTime now = OffsetDateTime.now(clock);
    entities
        .createNamedQuery("StaffChallenge.deleteExpired")
        .setParameter("now", now)
        .executeUpdate();
    byte[] challenge = new byte[LENGTH];
    random.nextBytes(challenge);
    entities.persist(new StaffChallenge(Sha256.of(challenge), staff, purpose, now.plus(GOOD_FOR)));
    return challenge;
  }

  /** Whose it was; it is used up by this, whatever comes of it. */
  public OptionalLong take(byte[] challenge, Purpose purpose) {
    @Nullable StaffChallenge found =
        entities.find(StaffChallenge.class, Sha256.of(challenge), LockModeType.PESSIMISTIC_WRITE);
    if (found == null) {
      return OptionalLong.empty();
    }
    entities.remove(found);
    return found.serves(purpose, OffsetDateTime.now(clock))
        ? OptionalLong.of(found.staffId())
        : OptionalLong.empty();
  }
}
