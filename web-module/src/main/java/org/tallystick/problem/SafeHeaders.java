package org.tallystick.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Keeps every answer out of caches, from being taken for anything but its media type, and from
 * being shown as a page. Strict-Transport-Security is the business of the proxy that ends TLS.
 */
@Provider
public class SafeHeaders implements ContainerResponseFilter {
  private static final String POLICY = "Content-Security-Policy";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
    response.getHeaders().putSingle("Referrer-Policy", "no-referrer");
    if (!response.getHeaders().containsKey(POLICY)) {
      response.getHeaders().putSingle(POLICY, "default-src 'none'; frame-ancestors 'none'");
    }
    if (!response.getHeaders().containsKey(HttpHeaders.CACHE_CONTROL)) {
      response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }
  }
}
