package org.tallystick.staff;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallystick.node.Environment;

/**
 * Who else says who the staff is, as the operator has set it.
 *
 * @param issuer as it stands in the claim {@code iss}, letter by letter
 * @param audience what tokens for this bank have in {@code aud}
 * @param keys where the issuer publishes its keys
 * @param rolesClaim in which claim the roles are; names parted by dots go into objects
 * @param roles what the issuer's roles are called here; others are ignored
 * @param institutionClaim in which claim those are named who work for an institution; empty where
 *     all work for the consortium
 */
public record OidcIssuer(
    String issuer,
    String audience,
    URI keys,
    String rolesClaim,
    Map<String, Role> roles,
    Optional<String> institutionClaim) {
  private static final String PREFIX = "TALLYSTICK_OIDC_";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Copies the roles. */
  public OidcIssuer {
    roles = Map.copyOf(roles);
  }

  /**
   * Reads the settings; empty where no issuer is set.
   *
   * @throws IllegalStateException if one is missing or not good
   */
  static Optional<OidcIssuer> of(Environment environment) {
    Optional<String> issuer = environment.text(PREFIX + "ISSUER").map(String::strip);
    if (issuer.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OidcIssuer(
            issuer.get(),
            required(environment, "AUDIENCE"),
            keys(required(environment, "JWKS_URI")),
            environment.text(PREFIX + "ROLES_CLAIM").map(String::strip).orElse("roles"),
            roles(required(environment, "ROLES")),
            environment.text(PREFIX + "INSTITUTION_CLAIM").map(String::strip)));
  }

  private static String required(Environment environment, String name) {
    return environment
        .text(PREFIX + name)
        .map(String::strip)
        .orElseThrow(
            () -> new IllegalStateException(PREFIX + "ISSUER needs " + PREFIX + name + " too"));
  }

  /** Whoever can change the keys on their way can be anybody here: TLS, or this machine. */
  private static URI keys(String text) {
    try {
      URI uri = new URI(text);
      @Nullable String host = uri.getHost();
      boolean loopback = "http".equals(uri.getScheme()) && host != null && LOOPBACK.contains(host);
      if (host != null && ("https".equals(uri.getScheme()) || loopback)) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(PREFIX + "JWKS_URI is not an address", e);
    }
    throw new IllegalStateException(PREFIX + "JWKS_URI must be https, or http on this machine");
  }

  private static Map<String, Role> roles(String text) {
    Map<String, Role> roles = new HashMap<>();
    for (String pair : text.split(",", -1)) {
      String[] sides = pair.strip().split("=", -1);
      if (sides.length != 2 || sides[0].isBlank()) {
        throw new IllegalStateException(PREFIX + "ROLES must be THEIRS=OURS,THEIRS=OURS");
      }
      try {
        roles.put(sides[0].strip(), Role.valueOf(sides[1].strip()));
      } catch (IllegalArgumentException e) {
        throw new IllegalStateException(PREFIX + "ROLES names a role that there is not", e);
      }
    }
    return roles;
  }
}
