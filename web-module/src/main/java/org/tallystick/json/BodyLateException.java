package org.tallystick.json;

import org.jspecify.annotations.Nullable;

/** A request body came too slowly, or not to its end. */
public final class BodyLateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BodyLateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
