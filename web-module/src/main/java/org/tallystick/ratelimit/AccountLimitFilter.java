package org.tallystick.ratelimit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.tallystick.http.Caller;

/**
 * Answers 429 to parties and members of the staff who ask too often, from however many addresses.
 */
@Provider
@Priority(Priorities.AUTHENTICATION + 100)
@ApplicationScoped
public class AccountLimitFilter implements ContainerRequestFilter {
  @Inject RateLimits limits;
  @Inject Caller caller;

  @Override
  public void filter(ContainerRequestContext request) {
    caller
        .name()
        .ifPresent(name -> Spending.of(request).spend(limits, Limit.ACCOUNT, name, request));
  }
}
