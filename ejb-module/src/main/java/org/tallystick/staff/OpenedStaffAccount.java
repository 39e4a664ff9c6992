package org.tallystick.staff;

/**
 * What the administrator hands to a new member of the staff.
 *
 * @param user the name to sign in with
 * @param oneTimePassword shown once
 */
public record OpenedStaffAccount(String user, String oneTimePassword) {
  @Override
  public String toString() {
    return "OpenedStaffAccount(" + user + ")";
  }
}
