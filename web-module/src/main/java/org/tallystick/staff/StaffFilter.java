package org.tallystick.staff;

import jakarta.annotation.Priority;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.Optional;
import org.tallystick.problem.Problem;

/** Lets only staff with the role that {@link StaffRole} asks for through. */
@Provider
@StaffRole
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class StaffFilter implements ContainerRequestFilter {
  @EJB StaffRegister register;
  @Inject CurrentActor current;
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Optional<Actor> actor = Bearer.token(request).flatMap(register::actor);
    if (actor.isEmpty()) {
      request.abortWith(Problem.NOT_AUTHENTICATED.response());
      return;
    }
    Role[] anyOf = anyOf();
    if (anyOf.length > 0 && Arrays.stream(anyOf).noneMatch(actor.get().roles()::contains)) {
      request.abortWith(Problem.NOT_PERMITTED.response());
      return;
    }
    current.set(actor.get());
  }

  private Role[] anyOf() {
    StaffRole onMethod = resource.getResourceMethod().getAnnotation(StaffRole.class);
    StaffRole bound =
        onMethod != null ? onMethod : resource.getResourceClass().getAnnotation(StaffRole.class);
    return bound == null ? new Role[0] : bound.value();
  }
}
