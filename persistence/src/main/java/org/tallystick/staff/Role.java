package org.tallystick.staff;

/** What a member of the staff may do; a member may have several roles. */
public enum Role {
  /** Opens and closes staff accounts, and nothing else. */
  ADMINISTRATOR,
  /** Checks applications and books deposits. */
  CLERK,
  /** Decides what needs a second pair of eyes: suspending, refusing, closing. */
  APPROVER,
  /** Reads the books; changes nothing. */
  AUDITOR,
  /** Looks after the staff of one institution; has no rights yet. */
  LOCAL_ADMINISTRATOR,
  /** A partner bank's program; no member of the staff has this role. */
  PARTNER
}
