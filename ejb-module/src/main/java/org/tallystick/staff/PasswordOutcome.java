package org.tallystick.staff;

/** What became of a wish to change a password. */
public enum PasswordOutcome {
  CHANGED,
  /** Unknown user, wrong password or resting account: nobody is told which. */
  REFUSED,
  /** The new password is too short, too long, the old one, or one that is tried first. */
  NOT_ACCEPTABLE
}
