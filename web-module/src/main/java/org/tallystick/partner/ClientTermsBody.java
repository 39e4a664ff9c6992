package org.tallystick.partner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallystick.json.StrictJson;
import org.tallystick.partner.PublicJwk.Value;
import org.tallystick.staff.Scope;

/**
 * Reads by what a program is to prove itself, and what it may do. Of a key only the public members
 * are known: one with a private part is refused as any with a member that nobody asked for.
 */
final class ClientTermsBody {
  private static final int HASH_LENGTH = 32;
  private static final int MAX_WORD = 64;
  private static final int MAX_MODULUS = 512;
  private static final int MAX_EXPONENT = 8;

  private ClientTermsBody() {}

  /** The terms, or empty where a key or the certificate's hash is none. */
  static Optional<ClientTerms> read(StrictJson body) {
    Set<Scope> scopes = body.requireSetOf("scopes", Scope.class);
    byte @Nullable [] certificate =
        body.has("certificateSha256") ? body.requireBytes("certificateSha256", HASH_LENGTH) : null;
    List<StrictJson> jwks =
        body.has("keys") ? body.requireArray("keys", ClientTerms.MAX_KEYS) : List.of();
    List<PublicJwk> keys = new ArrayList<>();
    for (StrictJson jwk : jwks) {
      key(jwk).ifPresent(keys::add);
      jwk.end();
    }
    return keys.size() == jwks.size() && (certificate == null || certificate.length == HASH_LENGTH)
        ? Optional.of(new ClientTerms(keys, certificate, scopes))
        : Optional.empty();
  }

  private static Optional<PublicJwk> key(StrictJson jwk) {
    String kid = jwk.requireText("kid", MAX_WORD);
    Optional<String> use = jwk.optionalText("use", MAX_WORD);
    Optional<String> algorithm = jwk.optionalText("alg", MAX_WORD);
    return switch (jwk.requireText("kty", MAX_WORD)) {
      case "EC" -> {
        Value value =
            new Value.Ec(jwk.requireBytes("x", HASH_LENGTH), jwk.requireBytes("y", HASH_LENGTH));
        yield key(kid, value, isCurve(jwk, "P-256") && serves(use, algorithm, "ES256"));
      }
      case "RSA" -> {
        Value value =
            new Value.Rsa(jwk.requireBytes("n", MAX_MODULUS), jwk.requireBytes("e", MAX_EXPONENT));
        yield key(kid, value, serves(use, algorithm, "PS256"));
      }
      case "OKP" -> {
        Value value = new Value.Okp(jwk.requireBytes("x", HASH_LENGTH));
        yield key(kid, value, isCurve(jwk, "Ed25519") && serves(use, algorithm, "EdDSA"));
      }
      default -> Optional.empty();
    };
  }

  private static Optional<PublicJwk> key(String kid, Value value, boolean good) {
    return good ? Optional.of(new PublicJwk(kid, value)) : Optional.empty();
  }

  private static boolean isCurve(StrictJson jwk, String name) {
    return jwk.requireText("crv", MAX_WORD).equals(name);
  }

  private static boolean serves(Optional<String> use, Optional<String> algorithm, String expected) {
    return use.orElse("sig").equals("sig") && algorithm.orElse(expected).equals(expected);
  }
}
