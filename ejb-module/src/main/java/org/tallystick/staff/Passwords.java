package org.tallystick.staff;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.ConstantTime;
import org.tallystick.crypto.Pbkdf2;
import org.tallystick.node.Environment;

/**
 * PBKDF2-HMAC-SHA-256 with at least 600,000 iterations ({@code TALLYSTICK_PASSWORD_ITERATIONS} can
 * only raise that), computed by at most half of the processors at once, so that sign-ins never
 * starve payments.
 */
@ApplicationScoped
public class Passwords {
  static final int LEAST_ITERATIONS = 600_000;
  private static final int MOST_ITERATIONS = 50_000_000;
  private static final int SALT_LENGTH = 16;
  private static final int HASH_LENGTH = 32;
  private static final int ONE_TIME_BYTES = 18;

  @Inject SecureRandom random;
  @Inject Environment environment;

  private final Semaphore turns =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  /** A fresh one-time password of 24 characters. */
  public String oneTime() {
    byte[] drawn = new byte[ONE_TIME_BYTES];
    random.nextBytes(drawn);
    return Base64Url.encode(drawn);
  }

  /** The stored form of a password, with a fresh salt. */
  public PasswordHash hash(String password) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    int iterations = iterations();
    return new PasswordHash(salt, derive(password, salt, iterations), iterations);
  }

  /** Whether a password is the stored one. */
  public boolean matches(String password, PasswordHash stored) {
    return ConstantTime.equal(derive(password, stored.salt(), stored.iterations()), stored.hash());
  }

  /** Takes as long as {@link #matches} and is false: for users that do not exist. */
  public boolean matchesNobody(String password) {
    derive(password, new byte[SALT_LENGTH], iterations());
    return false;
  }

  private int iterations() {
    return environment.number(
        "TALLYSTICK_PASSWORD_ITERATIONS", LEAST_ITERATIONS, LEAST_ITERATIONS, MOST_ITERATIONS);
  }

  private byte[] derive(String password, byte[] salt, int iterations) {
    turns.acquireUninterruptibly();
    try {
      return Pbkdf2.sha256(password.toCharArray(), salt, iterations, HASH_LENGTH);
    } finally {
      turns.release();
    }
  }
}
