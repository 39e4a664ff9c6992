package org.tallystick.json;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a body by what it says of its length, before any of it is waited for. JAX-RS itself tells
 * lengths beyond 2^31 - 1 as if there were none.
 *
 * <p>Source: RFC 9110, 8.6, 15.5.14.
 */
@Provider
@Priority(Priorities.AUTHORIZATION + 50)
public class DeclaredLength implements ContainerRequestFilter {
  /** Digits of a length that no number here holds. */
  private static final int TOO_MANY_DIGITS = 18;

  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    @Nullable Method method = resource.getResourceMethod();
    @Nullable String declared = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    // what is no number, or two, the server has refused
    if (method == null || declared == null || !declared.matches("[0-9]+")) {
      return;
    }
    int limit = RequestBody.limit(method);
    if (declared.length() > TOO_MANY_DIGITS || Long.parseLong(declared) > limit) {
      throw new BodyTooLargeException(limit);
    }
  }
}
