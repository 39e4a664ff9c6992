package org.tallystick.ratelimit;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.tallystick.problem.Problem;

/**
 * What the present request has taken of each limit that holds for it, and how that is told.
 *
 * <p>Source: draft-ietf-httpapi-ratelimit-headers-10, 3 and 4; RFC 9651.
 */
final class Spending {
  private static final String PROPERTY = "org.tallystick.ratelimit";
  private static final int WINDOW_SECONDS = 1;

  private final List<Part> parts = new ArrayList<>();

  /** One limit: how many requests in a window, and how many are left. */
  private record Part(Limit limit, int quota, int left) {}

  /** That of a request. */
  static Spending of(ContainerRequestContext request) {
    if (request.getProperty(PROPERTY) instanceof Spending known) {
      return known;
    }
    Spending fresh = new Spending();
    request.setProperty(PROPERTY, fresh);
    return fresh;
  }

  /** Takes one, and ends the request where there is none. */
  void spend(RateLimits limits, Limit limit, String who, ContainerRequestContext request) {
    if (!took(limits, limit, who)) {
      request.abortWith(
          Response.fromResponse(Problem.TOO_MANY_REQUESTS.response())
              .header(HttpHeaders.RETRY_AFTER, WINDOW_SECONDS)
              .build());
    }
  }

  /** Takes one; false where there was none. */
  boolean took(RateLimits limits, Limit limit, String who) {
    OptionalInt left = limits.take(limit, who);
    parts.add(new Part(limit, limits.quota(limit), left.orElse(0)));
    return left.isPresent();
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** The RateLimit-Policy header. */
  String policies() {
    return parts.stream()
        .map(
            part ->
                "\"%s\";q=%d;w=%d".formatted(part.limit().policy(), part.quota(), WINDOW_SECONDS))
        .collect(Collectors.joining(", "));
  }

  /** The RateLimit header. */
  String standing() {
    return parts.stream()
        .map(
            part ->
                "\"%s\";r=%d;t=%d".formatted(part.limit().policy(), part.left(), WINDOW_SECONDS))
        .collect(Collectors.joining(", "));
  }
}
