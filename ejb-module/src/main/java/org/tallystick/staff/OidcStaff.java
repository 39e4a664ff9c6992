package org.tallystick.staff;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.jose.JsonWebKeySet;
import org.tallystick.jose.JsonWebToken;
import org.tallystick.jose.JwtClaims;
import org.tallystick.node.Environment;
import org.tallystick.staff.Identification.Known;
import org.tallystick.staff.Identification.Unavailable;
import org.tallystick.staff.Identification.Unknown;
import org.tallystick.staff.Identification.WithoutRole;

/**
 * Staff that an OpenID provider vouches for: the bearer of a JWT access token acts as {@code
 * oidc:SUBJECT}, with the roles that the token's are mapped to.
 *
 * <p>Source: RFC 9068, 4 (validating access tokens).
 */
@ApplicationScoped
public class OidcStaff {
  static final Duration SKEW = Duration.ofMinutes(1);
  static final Duration LONGEST = Duration.ofHours(24);
  private static final String PREFIX = "oidc:";

  /** What fits into records beside the prefix, without blanks and signs that mislead. */
  private static final String SUBJECT = "[A-Za-z0-9._|@:+~/=-]{1,59}";

  @Inject Environment environment;
  @Inject Clock clock;
  @Inject Tenants tenants;

  private @Nullable OidcIssuer issuer;
  private @Nullable OidcKeys keys;

  /** Reads the settings. */
  @PostConstruct
  void begin() {
    Optional<OidcIssuer> set = OidcIssuer.of(environment);
    issuer = set.orElse(null);
    keys = set.map(known -> new OidcKeys(known.keys(), clock)).orElse(null);
  }

  /** Whom a token stands for. */
  public Identification identify(String token) {
    if (issuer == null || keys == null || !JsonWebToken.looksLikeOne(token)) {
      return new Unknown();
    }
    JsonWebToken read;
    try {
      read = JsonWebToken.read(token);
    } catch (MalformedInputException e) {
      return new Unknown();
    }
    if (!isForThisBank(read, issuer)) {
      return new Unknown();
    }
    Optional<JsonWebKeySet> known = keys.keysFor(read);
    if (known.isEmpty()) {
      return new Unavailable();
    }
    if (!known.get().signed(read)) {
      return new Unknown();
    }
    Set<Role> roles = roles(read.claims(), issuer);
    String name = PREFIX + read.claims().text("sub").orElseThrow();
    if (roles.isEmpty()) {
      return new WithoutRole();
    }
    if (issuer.institutionClaim().filter(read.claims()::has).isEmpty()) {
      return StaffDesk.mayHave(roles, false)
          ? new Known(new StaffIdentity(new Actor(name, roles), false))
          : new WithoutRole();
    }
    // who works for an institution must never pass for the consortium's own staff
    OptionalLong institution =
        issuer
            .institutionClaim()
            .flatMap(read.claims()::text)
            .map(tenants::active)
            .orElseGet(OptionalLong::empty);
    return institution.isEmpty() || !StaffDesk.mayHave(roles, true)
        ? new WithoutRole()
        : new Known(new StaffIdentity(new Actor(name, roles, institution.getAsLong()), false));
  }

  /** Looked at before the signature: a token for elsewhere is no reason to ask for keys. */
  private boolean isForThisBank(JsonWebToken token, OidcIssuer expected) {
    JwtClaims claims = token.claims();
    return token.type().filter("at+jwt"::equals).isPresent()
        && claims.text("iss").filter(expected.issuer()::equals).isPresent()
        && claims.audience().contains(expected.audience())
        && claims.text("sub").filter(subject -> subject.matches(SUBJECT)).isPresent()
        && claims.text("client_id").isPresent()
        && claims.text("jti").isPresent()
        && claims.inTime(clock.instant(), SKEW, LONGEST);
  }

  private static Set<Role> roles(JwtClaims claims, OidcIssuer issuer) {
    Map<String, Role> ours = issuer.roles();
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : claims.words(issuer.rolesClaim())) {
      @Nullable Role role = ours.get(word);
      if (role != null) {
        roles.add(role);
      }
    }
    return roles;
  }
}
