package org.tallystick.partner;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.json.BodyTooLargeException;
import org.tallystick.json.JsonRefusedException;
import org.tallystick.json.StrictJson;
import org.tallystick.partner.ClientAssertion.Claims;

/**
 * Reads a client assertion: a JWS in compact form, of one of three algorithms, with the claims that
 * this bank needs. Where the header names a key, only its name is looked at; what it would want
 * understood ({@code crit}) is not.
 *
 * <p>Source: RFC 7515, 3.1 and 4.1; RFC 7519, 4.1 and 7.2; RFC 8725, 3.
 */
final class AssertionReader {
  private static final int MAX_LENGTH = 8 * 1024;
  private static final int MAX_HEADER = 1024;
  private static final int MAX_CLAIMS = 4 * 1024;
  private static final int MAX_SIGNATURE = 512;
  private static final int MAX_NAME = 128;
  private static final int MAX_AUDIENCE = 512;
  private static final int MAX_KID = 64;
  private static final int MAX_TYPE = 64;
  private static final long LATEST = 253_402_300_799L;
  private static final Set<String> TYPES = Set.of("JWT", "jwt", "client-authentication+jwt");

  private AssertionReader() {}

  /** What the text says, or empty where it is no such assertion. */
  static Optional<ClientAssertion> read(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      byte[] signature = Base64Url.decode(parts[2]);
      StrictJson header = json(parts[0], MAX_HEADER);
      Optional<JwsAlgorithm> algorithm = JwsAlgorithm.of(header.requireText("alg", MAX_NAME));
      String kid = header.requireText("kid", MAX_KID);
      boolean typed = TYPES.contains(header.optionalText("typ", MAX_TYPE).orElse("JWT"));
      boolean plain = !header.has("crit") && !header.has("b64");
      if (algorithm.isEmpty() || !typed || !plain || signature.length > MAX_SIGNATURE) {
        return Optional.empty();
      }
      byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      Claims claims = claims(json(parts[1], MAX_CLAIMS));
      return Optional.of(new ClientAssertion(kid, algorithm.get(), claims, input, signature));
    } catch (MalformedInputException | JsonRefusedException | BodyTooLargeException e) {
      return Optional.empty(); // whatever it is, it proves nothing
    }
  }

  private static Claims claims(StrictJson claims) {
    long issuedAt = claims.requireInteger("iat", 0, LATEST);
    if (claims.has("nbf") && claims.requireInteger("nbf", 0, LATEST) > issuedAt) {
      issuedAt = claims.requireInteger("nbf", 0, LATEST);
    }
    return new Claims(
        claims.requireText("iss", MAX_NAME),
        claims.requireText("sub", MAX_NAME),
        claims.requireOnlyText("aud", MAX_AUDIENCE),
        issuedAt,
        claims.requireInteger("exp", 0, LATEST),
        claims.requireText("jti", MAX_NAME));
  }

  private static StrictJson json(String part, int maxBytes) {
    return StrictJson.read(new ByteArrayInputStream(Base64Url.decode(part)), maxBytes);
  }
}
