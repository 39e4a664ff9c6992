package org.tallystick.staff;

import java.time.OffsetDateTime;

/** What became of an attempt to sign in. */
public sealed interface SignInOutcome {
  /**
   * Signed in.
   *
   * @param token shown once
   * @param expiresAt when it ends
   */
  record SignedIn(String token, OffsetDateTime expiresAt) implements SignInOutcome {
    @Override
    public String toString() {
      return "SignedIn";
    }
  }

  /** Unknown user, wrong password or resting account: nobody is told which. */
  record Refused() implements SignInOutcome {}

  /** The password is right, but serves only to set an own one. */
  record ChoosePasswordFirst() implements SignInOutcome {}

  /**
   * The password is right, and a security key has to follow.
   *
   * @param asked what it has to sign
   */
  record KeyNeeded(KeyAsked asked) implements SignInOutcome {}
}
