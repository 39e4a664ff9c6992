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
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Answers 429 to sources that ask too often, before anything is read or hashed for them. Every
 * resource has a limit, the general one unless it says {@link RateLimited}.
 */
@Provider
@Priority(Priorities.AUTHENTICATION - 100)
@ApplicationScoped
public class RateLimitFilter implements ContainerRequestFilter {
  @Inject RateLimits limits;
  @Inject Sources sources;
  @Context HttpServletRequest servletRequest;
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Spending.of(request).spend(limits, limit(), sources.of(servletRequest), request);
  }

  private Limit limit() {
    @Nullable Method method = resource.getResourceMethod();
    if (method == null) {
      return Limit.GENERAL;
    }
    @Nullable RateLimited onMethod = method.getAnnotation(RateLimited.class);
    @Nullable RateLimited declared =
        onMethod != null ? onMethod : resource.getResourceClass().getAnnotation(RateLimited.class);
    return declared == null ? Limit.GENERAL : declared.value();
  }
}
