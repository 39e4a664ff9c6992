package org.tallystick.staff;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a use case runs: a member of the staff, or a partner bank's program.
 *
 * <p>Who works for an institution sees what is that institution's; to such an actor everything else
 * does not exist. Whoever works for none belongs to the consortium and sees all.
 *
 * @param name the name signed in with, as it is written into records
 * @param roles what the actor may do
 * @param institution internal number of the institution that the actor works for; null for the
 *     consortium
 * @param scopes what a program may do; empty for staff
 */
public record Actor(String name, Set<Role> roles, @Nullable Long institution, Set<Scope> scopes) {
  private static final String PARTNER = "partner:";

  /** Copies roles and scopes. */
  public Actor {
    roles = Set.copyOf(roles);
    scopes = Set.copyOf(scopes);
    if (roles.contains(Role.PARTNER) && (institution == null || roles.size() > 1)) {
      throw new IllegalArgumentException(
          "a partner bank's program has an institution and one role");
    }
  }

  /** A member of the consortium's own staff. */
  public Actor(String name, Set<Role> roles) {
    this(name, roles, null);
  }

  /** A member of an institution's staff, or with null of the consortium's own. */
  public Actor(String name, Set<Role> roles, @Nullable Long institution) {
    this(name, roles, institution, Set.of());
  }

  /** A program of a partner bank. */
  public static Actor partner(String client, long institution, Set<Scope> scopes) {
    return new Actor(PARTNER + client, Set.of(Role.PARTNER), institution, scopes);
  }

  /**
   * The client identifier of a program.
   *
   * @throws IllegalStateException if it is none
   */
  public String client() {
    if (!roles.contains(Role.PARTNER)) {
      throw new IllegalStateException("not a partner bank's program");
    }
    return name.substring(PARTNER.length());
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

  /**
   * Goes on only for staff, and for a program with this scope.
   *
   * @throws NotPermittedException without it
   */
  public void requireScope(Scope scope) {
    if (roles.contains(Role.PARTNER) && !scopes.contains(scope)) {
      throw new NotPermittedException();
    }
  }

  /**
   * Goes on only for who works for the consortium: what it is about belongs to no institution.
   *
   * @throws NotPermittedException for who works for an institution
   */
  public void requireConsortium() {
    if (institution != null) {
      throw new NotPermittedException();
    }
  }

  /** Whether a thing of that institution, or of none, exists for this actor. */
  public boolean sees(Optional<Long> of) {
    return institution == null || of.filter(institution::equals).isPresent();
  }
}
