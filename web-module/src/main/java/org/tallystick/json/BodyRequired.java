package org.tallystick.json;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;

/** Refuses requests without any body where the resource takes one: readers are not even asked. */
@Provider
public class BodyRequired implements ContainerRequestFilter {
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Class<?>[] parameters = resource.getResourceMethod().getParameterTypes();
    if (!request.hasEntity() && Arrays.asList(parameters).contains(StrictJson.class)) {
      throw new JsonRefusedException("the body is missing");
    }
  }
}
