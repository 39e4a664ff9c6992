package org.tallystick.staff;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.Argon2id;
import org.tallystick.crypto.ConstantTime;
import org.tallystick.crypto.Pbkdf2;
import org.tallystick.node.Environment;

/**
 * Hashes passwords by the operator's {@link PasswordPolicy}, so many at once as that allows: with
 * Argon2id as little as 19 MiB each. What is stored under another policy is still compared.
 */
@ApplicationScoped
public class Passwords {
  private static final int SALT_LENGTH = 16;
  private static final int HASH_LENGTH = 32;
  private static final int ONE_TIME_BYTES = 18;

  @Inject SecureRandom random;
  @Inject Environment environment;

  private PasswordPolicy policy;
  private Semaphore turns;

  /** Reads the policy. */
  @PostConstruct
  void begin() {
    policy = PasswordPolicy.of(environment);
    Runtime runtime = Runtime.getRuntime();
    turns = new Semaphore(policy.turns(runtime.availableProcessors(), runtime.maxMemory()), true);
  }

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
    return new PasswordHash(salt, derive(password, salt, policy.cost()), policy.cost());
  }

  /** Whether a password is the stored one. */
  public boolean matches(String password, PasswordHash stored) {
    return ConstantTime.equal(derive(password, stored.salt(), stored.cost()), stored.hash());
  }

  /** Whether a stored password should be hashed anew, since the policy asks for more or other. */
  public boolean outdated(PasswordHash stored) {
    return !stored.cost().covers(policy.cost());
  }

  /** Takes as long as {@link #matches} and is false: for users that do not exist. */
  public boolean matchesNobody(String password) {
    derive(password, new byte[SALT_LENGTH], policy.cost());
    return false;
  }

  private byte[] derive(String password, byte[] salt, PasswordCost cost) {
    turns.acquireUninterruptibly();
    try {
      return switch (cost.scheme()) {
        case PBKDF2 -> Pbkdf2.sha256(password.toCharArray(), salt, cost.iterations(), HASH_LENGTH);
        case ARGON2ID -> argon2id(password, salt, cost);
      };
    } finally {
      turns.release();
    }
  }

  private static byte[] argon2id(String password, byte[] salt, PasswordCost cost) {
    byte[] utf8 = password.getBytes(StandardCharsets.UTF_8);
    try {
      return Argon2id.derive(
          utf8,
          salt,
          new Argon2id.Cost(cost.memoryKib(), cost.iterations(), cost.lanes()),
          HASH_LENGTH);
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }
}
