package org.tallystick.staff;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import org.tallystick.problem.Problem;
import org.tallystick.staff.Identification.Known;
import org.tallystick.staff.Identification.Unavailable;
import org.tallystick.staff.Identification.WithoutRole;

/** Lets only staff with the role that {@link StaffRole} asks for through. */
@Provider
@StaffRole
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class StaffFilter implements ContainerRequestFilter {
  @Inject Identities identities;
  @Inject CurrentActor current;
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Identification found =
        Bearer.token(request).map(identities::of).orElseGet(Identification.Unknown::new);
    if (!(found instanceof Known known)) {
      request.abortWith(refusal(found).response());
      return;
    }
    StaffIdentity identity = known.identity();
    if (identity.keyMissing() && !mayComeWithoutKey()) {
      request.abortWith(Problem.SECURITY_KEY_REQUIRED.response());
      return;
    }
    Actor actor = identity.actor();
    Role[] anyOf = anyOf();
    if (anyOf.length > 0 && Arrays.stream(anyOf).noneMatch(actor.roles()::contains)) {
      request.abortWith(Problem.NOT_PERMITTED.response());
      return;
    }
    current.set(actor);
  }

  private static Problem refusal(Identification found) {
    if (found instanceof WithoutRole) {
      return Problem.NOT_PERMITTED;
    }
    return found instanceof Unavailable ? Problem.UNAVAILABLE : Problem.NOT_AUTHENTICATED;
  }

  private boolean mayComeWithoutKey() {
    return resource.getResourceMethod().isAnnotationPresent(WithoutSecurityKey.class);
  }

  private Role[] anyOf() {
    StaffRole onMethod = resource.getResourceMethod().getAnnotation(StaffRole.class);
    StaffRole bound =
        onMethod != null ? onMethod : resource.getResourceClass().getAnnotation(StaffRole.class);
    return bound == null ? new Role[0] : bound.value();
  }
}
