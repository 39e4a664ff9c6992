package org.tallystick.staff;

/** Whom a bearer token stands for. */
public sealed interface Identification {
  /** Somebody of the staff. */
  record Known(StaffIdentity identity) implements Identification {}

  /** Nobody: not a token, over, or of somewhere else. */
  record Unknown() implements Identification {}

  /** Somebody whom the issuer knows, but who has no role here. */
  record WithoutRole() implements Identification {}

  /** It cannot be said now: the issuer's keys cannot be had. */
  record Unavailable() implements Identification {}
}
