package org.tallystick.staff;

import jakarta.ejb.ApplicationException;

/** Someone asked for what their role does not allow; the edge should have stopped it before. */
@ApplicationException(rollback = true)
public final class NotPermittedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotPermittedException() {
    super("the role does not allow this");
  }
}
