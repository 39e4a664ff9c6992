package org.tallystick.ratelimit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.tallystick.problem.Problem;

/** Answers 429 to sources that ask too often, before anything is read or hashed for them. */
@Provider
@RateLimited
@Priority(Priorities.AUTHENTICATION - 100)
@ApplicationScoped
public class RateLimitFilter implements ContainerRequestFilter {
  @Inject RateLimits limits;
  @Context HttpServletRequest servletRequest;
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    if (!limits.allows(limit(), servletRequest.getRemoteAddr())) {
      request.abortWith(
          Response.fromResponse(Problem.TOO_MANY_REQUESTS.response())
              .header(HttpHeaders.RETRY_AFTER, 1)
              .build());
    }
  }

  private Limit limit() {
    RateLimited onMethod = resource.getResourceMethod().getAnnotation(RateLimited.class);
    RateLimited bound =
        onMethod != null ? onMethod : resource.getResourceClass().getAnnotation(RateLimited.class);
    return bound == null ? Limit.GENERAL : bound.value();
  }
}
