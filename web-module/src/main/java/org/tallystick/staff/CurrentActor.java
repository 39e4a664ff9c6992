package org.tallystick.staff;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.Caller;

/** Who of the staff makes the present request. */
@RequestScoped
public class CurrentActor {
  @Inject Caller caller;
  private @Nullable Actor actor;

  void set(Actor signedIn) {
    actor = signedIn;
    caller.set("staff", signedIn.name());
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
