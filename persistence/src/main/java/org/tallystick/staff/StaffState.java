package org.tallystick.staff;

/** Whether a member of the staff may sign in. */
public enum StaffState {
  ACTIVE,
  /** May not, for now. */
  SUSPENDED,
  /** May never again; the name stays taken, since records name it. */
  CLOSED;

  /** Whether that state can follow this one. */
  public boolean mayBecome(StaffState next) {
    return this != CLOSED && this != next;
  }
}
