package org.tallystick.staff;

import jakarta.annotation.Priority;
import jakarta.ejb.EJB;
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
import java.util.Optional;
import org.tallystick.problem.Problem;

/** Lets only staff and programs with the role that {@link StaffRole} asks for through. */
@Provider
@StaffRole
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class StaffFilter implements ContainerRequestFilter {
  @EJB StaffRegister register;
  @Inject CurrentActor current;
  @Inject Programs programs;
  @Context HttpServletRequest servletRequest;
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Optional<Actor> actor =
        Bearer.token(request)
            .flatMap(
                token -> register.actor(token).or(() -> programs.actor(token, servletRequest)));
    if (actor.isEmpty()) {
      request.abortWith(Problem.NOT_AUTHENTICATED.response());
      return;
    }
    if (!permitted(actor.get())) {
      request.abortWith(Problem.NOT_PERMITTED.response());
      return;
    }
    if (!programs.mayAskNow(actor.get())) {
      request.abortWith(Problem.TOO_MANY_REQUESTS.response());
      return;
    }
    current.set(actor.get());
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
