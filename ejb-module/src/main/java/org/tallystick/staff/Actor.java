package org.tallystick.staff;

import java.util.List;
import java.util.Set;

/**
 * The member of the staff on whose behalf a use case runs.
 *
 * @param name the name signed in with, as it is written into records
 * @param roles what that member may do
 */
public record Actor(String name, Set<Role> roles) {
  /** Copies the roles. */
  public Actor {
    roles = Set.copyOf(roles);
  }

  /**
   * Goes on only with one of these roles.
   *
   * @throws NotPermittedException without any of them
   */
  public void require(Role... anyOf) {
    if (List.of(anyOf).stream().noneMatch(roles::contains)) {
      throw new NotPermittedException();
    }
  }
}
