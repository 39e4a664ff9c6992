package org.tallystick.staff;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;

/** A password as it is stored: salt, what it cost, derived bytes. */
@Embeddable
public class PasswordHash {
  @Column(name = "password_salt", nullable = false)
  private byte[] salt;

  @Column(name = "password_hash", nullable = false)
  private byte[] hash;

  @Embedded private PasswordCost cost;

  /** For JPA. */
  protected PasswordHash() {}

  /** Takes copies of the 16 byte salt and the 32 byte hash. */
  public PasswordHash(byte[] salt, byte[] hash, PasswordCost cost) {
    this.salt = salt.clone();
    this.hash = hash.clone();
    this.cost = cost;
  }

  /** The salt. */
  public byte[] salt() {
    return salt.clone();
  }

  /** The derived bytes. */
  public byte[] hash() {
    return hash.clone();
  }

  /** With what it was derived. */
  public PasswordCost cost() {
    return cost;
  }

  @Override
  public String toString() {
    return "PasswordHash";
  }
}
