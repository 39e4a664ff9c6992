package org.tallystick.ratelimit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/**
 * Tells each client what it may ask still. What the runtime refused before it came to a resource,
 * as another media type, is counted here: {@link RateLimitFilter} did not see it.
 */
@Provider
@ApplicationScoped
public class RateLimitHeaders implements ContainerResponseFilter {
  @Inject RateLimits limits;
  @Inject Sources sources;
  @Context HttpServletRequest servletRequest;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Spending spending = Spending.of(request);
    if (spending.isEmpty()) {
      spending.took(limits, Limit.GENERAL, sources.of(servletRequest));
    }
    response.getHeaders().putSingle("RateLimit-Policy", spending.policies());
    response.getHeaders().putSingle("RateLimit", spending.standing());
  }
}
