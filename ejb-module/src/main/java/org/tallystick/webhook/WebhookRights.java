package org.tallystick.webhook;

import java.util.Objects;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.staff.Scope;

/** Who may have webhooks. */
final class WebhookRights {
  private WebhookRights() {}

  /**
   * The institution of a program that may.
   *
   * @throws org.tallystick.staff.NotPermittedException for all others
   */
  static long institution(Actor actor) {
    actor.require(Role.PARTNER);
    actor.requireScope(Scope.WEBHOOKS);
    return Objects.requireNonNull(actor.institution());
  }
}
