package org.tallystick.staff;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bearer token of a request, RFC 6750, 2.1. */
public final class Bearer {
  private static final String SCHEME = "Bearer ";

  private Bearer() {}

  /** The token, if there is one. */
  public static Optional<String> token(ContainerRequestContext request) {
    return token(request.getHeaderString(HttpHeaders.AUTHORIZATION));
  }

  /** The token, if there is one. */
  public static Optional<String> token(HttpHeaders headers) {
    return token(headers.getHeaderString(HttpHeaders.AUTHORIZATION));
  }

  static Optional<String> token(@Nullable String header) {
    return Optional.ofNullable(header)
        .filter(text -> text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(text -> text.substring(SCHEME.length()).strip());
  }
}
