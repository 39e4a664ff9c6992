package org.tallystick.jose;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.json.ForeignJson;

/**
 * A signed token in compact form. Its claims are its signer's word only once {@link #isSignedBy}
 * has said so.
 *
 * <p>Source: RFC 7515, 3.1 and 5.2; RFC 7519, 7.2; RFC 8725, 3.
 */
public final class JsonWebToken {
  /** Longest token that is looked at, in characters. */
  public static final int MAX_LENGTH = 8 * 1024;

  private final JwsAlgorithm algorithm;
  private final JsonObject header;
  private final JwtClaims claims;
  private final byte[] signed;
  private final byte[] signature;

  private JsonWebToken(JsonObject header, JwtClaims claims, byte[] signed, byte[] signature) {
    this.algorithm =
        JwsAlgorithm.of(
            ForeignJson.text(header, "alg")
                .orElseThrow(() -> new MalformedInputException("no signature algorithm")));
    this.header = header;
    this.claims = claims;
    this.signed = signed;
    this.signature = signature;
  }

  /** Whether a text has the outer form of a token, so that it is worth reading. */
  public static boolean looksLikeOne(String text) {
    return text.chars().filter(c -> c == '.').count() == 2;
  }

  /**
   * Reads a token without trusting it.
   *
   * @throws MalformedInputException if it is malformed, longer than {@value #MAX_LENGTH}, of an
   *     algorithm that is not taken, or asks for an extension ({@code crit}, {@code b64})
   */
  public static JsonWebToken read(String compact) {
    if (compact.length() > MAX_LENGTH) {
      throw new MalformedInputException("a token of " + compact.length() + " characters");
    }
    String[] parts = compact.split("\\.", -1);
    if (parts.length != 3) {
      throw new MalformedInputException("not three parts");
    }
    JsonObject header = ForeignJson.object(Base64Url.decode(parts[0]));
    if (header.containsKey("crit") || header.containsKey("b64")) {
      throw new MalformedInputException("an extension that is not understood");
    }
    JwtClaims claims = new JwtClaims(ForeignJson.object(Base64Url.decode(parts[1])));
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    return new JsonWebToken(header, claims, signed, Base64Url.decode(parts[2]));
  }

  /** The algorithm that the header names, one of those that are taken. */
  public JwsAlgorithm algorithm() {
    return algorithm;
  }

  /** The {@code typ}, small letters and without {@code application/} (RFC 7515, 4.1.9). */
  public Optional<String> type() {
    return ForeignJson.text(header, "typ")
        .map(type -> type.toLowerCase(Locale.ROOT))
        .map(type -> type.startsWith("application/") ? type.substring(12) : type);
  }

  /** The {@code kid}. */
  public Optional<String> keyId() {
    return ForeignJson.text(header, "kid");
  }

  /** What it says. */
  public JwtClaims claims() {
    return claims;
  }

  /** Whether the key has signed it; a key for another algorithm never has (RFC 8725, 3.1). */
  public boolean isSignedBy(JsonWebKey key) {
    return key.verify(algorithm, signed, signature);
  }

  @Override
  public String toString() {
    return "JsonWebToken";
  }
}
