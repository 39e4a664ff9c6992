package org.tallystick.staff;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to hash a password once: scheme, iterations, and with Argon2id memory and lanes.
 * The table keeps it above what is thought to be safe (OWASP Password Storage).
 */
@Embeddable
public class PasswordCost {
  @Enumerated(EnumType.STRING)
  @Column(name = "password_scheme", nullable = false)
  private PasswordScheme scheme;

  @Column(name = "password_iterations", nullable = false)
  private int iterations;

  @Column(name = "password_memory_kib", nullable = false)
  private int memoryKib;

  @Column(name = "password_lanes", nullable = false)
  private int lanes;

  /** For JPA. */
  protected PasswordCost() {}

  private PasswordCost(PasswordScheme scheme, int iterations, int memoryKib, int lanes) {
    this.scheme = scheme;
    this.iterations = iterations;
    this.memoryKib = memoryKib;
    this.lanes = lanes;
  }

  /** PBKDF2 with so many iterations. */
  public static PasswordCost pbkdf2(int iterations) {
    return new PasswordCost(PasswordScheme.PBKDF2, iterations, 0, 1);
  }

  /** Argon2id over so much memory, so often, in so many lanes. */
  public static PasswordCost argon2id(int memoryKib, int iterations, int lanes) {
    return new PasswordCost(PasswordScheme.ARGON2ID, iterations, memoryKib, lanes);
  }

  /** The scheme. */
  public PasswordScheme scheme() {
    return scheme;
  }

  /** How many iterations. */
  public int iterations() {
    return iterations;
  }

  /** How much memory in KiB, 0 for PBKDF2. */
  public int memoryKib() {
    return memoryKib;
  }

  /** How many lanes, 1 for PBKDF2. */
  public int lanes() {
    return lanes;
  }

  /** Whether who has paid this has paid that too: same scheme, and in nothing less. */
  public boolean covers(PasswordCost policy) {
    return scheme == policy.scheme
        && iterations >= policy.iterations
        && memoryKib >= policy.memoryKib
        && lanes >= policy.lanes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PasswordCost cost && covers(cost) && cost.covers(this);
  }

  @Override
  public int hashCode() {
    return 31 * memoryKib + iterations;
  }
}
