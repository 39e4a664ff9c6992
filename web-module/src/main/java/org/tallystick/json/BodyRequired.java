package org.tallystick.json;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Refuses requests without any body where the resource takes one: readers are not even asked. */
@Provider
public class BodyRequired implements ContainerRequestFilter {
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    @Nullable Method method = resource.getResourceMethod();
    // the server's own answer to OPTIONS is none of the resource's methods
    if (method == null) {
      return;
    }
    Class<?>[] parameters = method.getParameterTypes();
    if (!request.hasEntity() && Arrays.asList(parameters).contains(StrictJson.class)) {
      throw new JsonRefusedException("the body is missing");
    }
  }
}
