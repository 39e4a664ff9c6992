package org.tallystick.staff;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** Who of the staff makes the present request. */
@RequestScoped
public class CurrentActor {
  private @Nullable Actor actor;

  void set(Actor signedIn) {
    actor = signedIn;
  }

  /**
   * The actor.
   *
   * @throws IllegalStateException where the resource lacks {@link StaffRole}
   */
  public Actor get() {
    if (actor == null) {
      throw new IllegalStateException("nobody is signed in");
    }
    return actor;
  }
}
