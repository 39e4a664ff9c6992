package org.tallystick.idempotency;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The idempotency key of the present request. */
@RequestScoped
public class CurrentKey {
  private @Nullable String key;

  void set(String given) {
    key = given;
  }

  /**
   * The key, 1 to 64 visible ASCII characters.
   *
   * @throws IllegalStateException where the resource lacks {@link KeyRequired}
   */
  public String get() {
    if (key == null) {
      throw new IllegalStateException("there is no idempotency key");
    }
    return key;
  }
}
