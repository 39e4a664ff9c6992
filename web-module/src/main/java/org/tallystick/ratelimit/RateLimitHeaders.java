package org.tallystick.ratelimit;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/** Tells each client what it may ask still. */
@Provider
public class RateLimitHeaders implements ContainerResponseFilter {
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Spending spending = Spending.of(request);
    if (!spending.isEmpty()) {
      response.getHeaders().putSingle("RateLimit-Policy", spending.policies());
      response.getHeaders().putSingle("RateLimit", spending.standing());
    }
  }
}
