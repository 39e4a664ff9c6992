package org.tallystick.page;

import jakarta.ejb.ApplicationException;

/** A client gave a cursor that it did not get from this list under this filter. */
@ApplicationException(rollback = true)
public final class CursorRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CursorRefusedException() {
    super("the cursor is not one of this list");
  }
}
