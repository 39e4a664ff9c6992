package org.tallystick.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses query parameters that the resource does not name, that come twice, or that are longer
 * than any need be: a filter that is misspelt would silently show everything. As strict as with
 * members of bodies.
 */
@Provider
@Priority(Priorities.USER)
public class KnownQueryOnly implements ContainerRequestFilter {
  private static final int MAX_LENGTH = 256;

  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Map<String, List<String>> query = request.getUriInfo().getQueryParameters();
    @Nullable Method method = resource.getResourceMethod();
    boolean tooLong =
        request.getUriInfo().getPathParameters().values().stream()
            .flatMap(List::stream)
            .anyMatch(value -> value.length() > MAX_LENGTH);
    if (tooLong) {
      throw new NotFoundException();
    }
    if (query.isEmpty() || method == null) {
      return;
    }
    Set<String> known = new HashSet<>();
    for (Parameter parameter : method.getParameters()) {
      @Nullable QueryParam named = parameter.getAnnotation(QueryParam.class);
      if (named != null) {
        known.add(named.value());
      }
    }
    if (!known.containsAll(query.keySet())
        || query.values().stream().anyMatch(values -> values.size() > 1)
        || query.values().stream().anyMatch(values -> values.get(0).length() > MAX_LENGTH)) {
      throw new BadRequestException();
    }
  }
}
