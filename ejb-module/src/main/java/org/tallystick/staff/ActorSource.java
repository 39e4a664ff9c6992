package org.tallystick.staff;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows actors by bearer tokens other than those of staff sessions. */
public interface ActorSource {
  /**
   * Whose token it is.
   *
   * @param token as it was shown, of any length and form
   * @param certificateHash SHA-256 of the certificate that the connection was made with, or null
   */
  Optional<Actor> actor(String token, byte @Nullable [] certificateHash);
}
