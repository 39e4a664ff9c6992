package org.tallystick.staff;

import org.jspecify.annotations.Nullable;

/**
 * What a wish to replace somebody's password has come to.
 *
 * @param outcome as of any change of an account
 * @param oneTimePassword shown once, to who confirmed; null unless it is done
 */
public record PasswordReset(StaffAccounts.Outcome outcome, @Nullable String oneTimePassword) {
  @Override
  public String toString() {
    return "PasswordReset(" + outcome + ")";
  }
}
