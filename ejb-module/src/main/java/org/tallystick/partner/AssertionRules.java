package org.tallystick.partner;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.tallystick.node.Environment;
import org.tallystick.partner.ClientAssertion.Claims;

/**
 * Whether an assertion that is signed well is meant for this bank and for now.
 *
 * <p>Source: RFC 7523, 3; OpenID Connect Core, 9. Stricter than both: one audience alone, a life of
 * at most five minutes, and {@code iat} and {@code jti} are required.
 */
@ApplicationScoped
public class AssertionRules {
  static final long LONGEST_LIFE_SECONDS = 300;
  static final long SKEW_SECONDS = 30;
  private static final String TOKEN_PATH = "/api/v1/token";

  @Inject Environment environment;
  @Inject Clock clock;

  /** Whether it is, for a program of that name. */
  public boolean hold(Claims claims, String client) {
    long now = clock.instant().getEpochSecond();
    long life = claims.expiresAt() - claims.issuedAt();
    return claims.issuer().equals(client)
        && claims.subject().equals(client)
        && isThisBank(claims.audience())
        && claims.issuedAt() <= now + SKEW_SECONDS
        && claims.expiresAt() > now
        && life > 0
        && life <= LONGEST_LIFE_SECONDS;
  }

  /** The issuer's name or the address of its token endpoint; nothing is taken from the request. */
  private boolean isThisBank(String audience) {
    String issuer = issuer();
    return audience.equals(issuer) || audience.equals(issuer + TOKEN_PATH);
  }

  /** Under which address partners know this bank, without a slash at its end. */
  private String issuer() {
    String address =
        environment
            .text("TALLYSTICK_PUBLIC_URL")
            .orElseGet(
                () ->
                    "http://127.0.0.1:"
                        + environment.number("TALLYSTICK_HTTP_PORT", 8080, 1, 65_535));
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
