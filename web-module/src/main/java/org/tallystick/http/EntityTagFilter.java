package org.tallystick.http;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.Providers;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.Sha256;

/**
 * Gives what a GET finds a strong entity tag, made of its bytes unless the resource gave one of its
 * version, and answers 304 where the client has these bytes. Who may not see the thing never comes
 * so far.
 *
 * <p>Source: RFC 9110, 8.8.3, 13.1.2, 15.4.5.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
@ApplicationScoped
public class EntityTagFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final int TAG_LENGTH = 16;

  @Context Providers providers;
  @Context ResourceInfo resource;

  /** Refuses malformed headers before anything is done. */
  @Override
  public void filter(ContainerRequestContext request) {
    EntityTags.of(lines(request, HttpHeaders.IF_MATCH));
    EntityTags.of(lines(request, HttpHeaders.IF_NONE_MATCH));
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response)
      throws IOException {
    boolean get = request.getMethod().equals(HttpMethod.GET);
    boolean head = request.getMethod().equals(HttpMethod.HEAD);
    if (!(get || head)
        || response.getStatus() != Response.Status.OK.getStatusCode()
        || resource.getResourceMethod() == null
        || resource.getResourceMethod().isAnnotationPresent(Fresh.class)) {
      return;
    }
    Optional<EntityTags> wanted = EntityTags.of(lines(request, HttpHeaders.IF_NONE_MATCH));
    byte[] bytes = EntityBytes.of(response, providers);
    String tag = response.getHeaderString(HttpHeaders.ETAG);
    if (tag == null) {
      byte[] hash = Arrays.copyOf(Sha256.of(bytes), TAG_LENGTH);
      tag = "\"" + Base64Url.encode(hash) + "\"";
      response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
    }
    if (wanted.isPresent() && wanted.get().matchWeakly(tag)) {
      response.setStatusInfo(Response.Status.NOT_MODIFIED);
      response.setEntity(null);
    }
  }

  private static List<String> lines(ContainerRequestContext request, String header) {
    @Nullable List<String> lines = request.getHeaders().get(header);
    return lines == null ? List.of() : lines;
  }
}
