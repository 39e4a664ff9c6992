package org.tallystick.staff;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** A password as it is stored: salt, iterations, PBKDF2 output. */
@Embeddable
public class PasswordHash {
  @Column(name = "password_salt", nullable = false)
  private byte[] salt;

  @Column(name = "password_hash", nullable = false)
  private byte[] hash;

  @Column(name = "password_iterations", nullable = false)
  private int iterations;

  /** For JPA. */
  protected PasswordHash() {}

  /** Takes copies of the 16 byte salt and the 32 byte hash. */
  public PasswordHash(byte[] salt, byte[] hash, int iterations) {
    this.salt = salt.clone();
    this.hash = hash.clone();
    this.iterations = iterations;
  }

  /** The salt. */
  public byte[] salt() {
    return salt.clone();
  }

  /** The derived bytes. */
  public byte[] hash() {
    return hash.clone();
  }

  /** The count of iterations it was derived with. */
  public int iterations() {
    return iterations;
  }

  @Override
  public String toString() {
    return "PasswordHash";
  }
}
