package org.tallystick.staff;

/** How a password is hashed. */
public enum PasswordScheme {
  /** PBKDF2-HMAC-SHA-256, RFC 8018, 5.2: costs time. */
  PBKDF2,
  /** Argon2id, RFC 9106: costs time and memory. */
  ARGON2ID
}
