package org.tallystick.staff;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.List;
import org.tallystick.problem.Problem;
import org.tallystick.staff.Identification.Known;
import org.tallystick.staff.Identification.Unavailable;
import org.tallystick.staff.Identification.WithoutRole;

/** Lets only staff and programs with the role that {@link StaffRole} asks for through. */
@Provider
@StaffRole
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class StaffFilter implements ContainerRequestFilter {
  @Inject Identities identities;
  @Inject CurrentActor current;
  @Inject Programs programs;
  @Context HttpServletRequest servletRequest;
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Identification found =
        Bearer.token(request).map(this::identify).orElseGet(Identification.Unknown::new);
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
    if (!permitted(actor)) {
      request.abortWith(Problem.NOT_PERMITTED.response());
      return;
    }
    current.set(actor);
  }

  private Identification identify(String token) {
    Identification staff = identities.of(token);
    if (staff instanceof Known) {
      return staff;
    }
    return programs
        .actor(token, servletRequest)
        .<Identification>map(actor -> new Known(new StaffIdentity(actor, false)))
        .orElse(staff);
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

  private boolean permitted(Actor actor) {
    StaffRole onMethod = resource.getResourceMethod().getAnnotation(StaffRole.class);
    StaffRole bound =
        onMethod != null ? onMethod : resource.getResourceClass().getAnnotation(StaffRole.class);
    if (bound == null) {
      throw new IllegalStateException("bound without the annotation");
    }
    if (actor.roles().contains(Role.PARTNER)) {
      return List.of(bound.value()).contains(Role.PARTNER)
          && actor.scopes().containsAll(List.of(bound.scopes()));
    }
    return bound.value().length == 0
        || Arrays.stream(bound.value()).anyMatch(actor.roles()::contains);
  }
}
