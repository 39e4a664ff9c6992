package org.tallystick.staff;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.tallystick.node.Environment;
import org.tallystick.webauthn.RelyingParty;

/** How the staff signs in, as the operator has set it. */
@ApplicationScoped
public class StaffSettings {
  static final Duration SESSION_LENGTH = Duration.ofHours(8);
  private static final String LOCAL_DOMAIN = "localhost";

  @Inject Environment environment;

  /**
   * Looks at all settings, so that a node with a bad one does not start.
   *
   * @throws IllegalStateException if one is unknown, outside its bounds, or does not fit another
   */
  public void check() {
    idle();
    site();
    PasswordPolicy.of(environment);
    Optional<OidcIssuer> issuer = OidcIssuer.of(environment);
    if (!localStaff() && issuer.isEmpty()) {
      throw new IllegalStateException(
          "TALLYSTICK_LOCAL_STAFF=off needs TALLYSTICK_OIDC_ISSUER, or nobody could sign in");
    }
    if (keyRequired() && site().id().equals(LOCAL_DOMAIN) && rpId().isEmpty()) {
      throw new IllegalStateException(
          "TALLYSTICK_SECOND_FACTOR=required needs TALLYSTICK_WEBAUTHN_RP_ID");
    }
  }

  /** After how long without use a session ends. */
  public Duration idle() {
    return Duration.ofMinutes(environment.number("TALLYSTICK_SESSION_IDLE_MINUTES", 30, 1, 480));
  }

  /** Whether everyone needs a security key; otherwise only who has one. */
  public boolean keyRequired() {
    return oneOf("TALLYSTICK_SECOND_FACTOR", "optional", "required").equals("required");
  }

  /** Whether accounts of this bank sign in with passwords; otherwise the first one alone. */
  public boolean localStaff() {
    return oneOf("TALLYSTICK_LOCAL_STAFF", "on", "off").equals("on");
  }

  /** Whether this account may sign in with a password. */
  public boolean mayUsePassword(String user) {
    return localStaff() || user.equals(StaffDesk.FIRST_USER);
  }

  /** For which site keys sign; without a setting for the own machine, to try it out. */
  public RelyingParty site() {
    String id = rpId().orElse(LOCAL_DOMAIN);
    String fallback =
        id.equals(LOCAL_DOMAIN)
            ? "http://localhost:" + environment.number("TALLYSTICK_HTTP_PORT", 8080, 0, 65_535)
            : "https://" + id;
    return RelyingParty.of(id, environment.text("TALLYSTICK_WEBAUTHN_ORIGINS").orElse(fallback));
  }

  private Optional<String> rpId() {
    return environment.text("TALLYSTICK_WEBAUTHN_RP_ID").map(String::strip);
  }

  private String oneOf(String name, String fallback, String other) {
    String text = environment.text(name).orElse(fallback).strip().toLowerCase(Locale.ROOT);
    if (!text.equals(fallback) && !text.equals(other)) {
      throw new IllegalStateException(name + " must be " + fallback + " or " + other);
    }
    return text;
  }
}
