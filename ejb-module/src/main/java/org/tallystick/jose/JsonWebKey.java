package org.tallystick.jose;

import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.json.ForeignJson;

/**
 * A public key that checks signatures: RSA of 2,048 to 8,192 bits, P-256, or Ed25519.
 *
 * <p>Source: RFC 7517, 4; RFC 7518, 6; RFC 8037, 2.
 */
public final class JsonWebKey {
  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 8192;
  private static final int COORDINATE_LENGTH = 32;
  private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(3);

  private final String type;
  private final @Nullable String id;
  private final @Nullable String onlyAlgorithm;
  private final @Nullable PublicKey key;
  private final @Nullable VerificationKey point;

  private JsonWebKey(JsonObject jwk) {
    this.type = ForeignJson.text(jwk, "kty").orElse("");
    this.id = ForeignJson.text(jwk, "kid").orElse(null);
    this.onlyAlgorithm = ForeignJson.text(jwk, "alg").orElse(null);
    this.point = type.equals("EC") ? p256(jwk) : null;
    this.key = point == null ? platformKey(type, jwk) : null;
  }

  /**
   * Reads one key.
   *
   * @throws MalformedInputException if it is malformed, weak, private, or not for signatures that
   *     are taken here
   */
  public static JsonWebKey of(JsonObject jwk) {
    if (jwk.containsKey("d") || jwk.containsKey("k")) {
      throw new MalformedInputException("a secret key among the public ones");
    }
    if (!ForeignJson.text(jwk, "use").orElse("sig").equals("sig")) {
      throw new MalformedInputException("a key for something else than signatures");
    }
    return new JsonWebKey(jwk);
  }

  /** What signers call it, {@code kid}. */
  public Optional<String> id() {
    return Optional.ofNullable(id);
  }

  /** Whether signatures of this algorithm may be made with it. */
  public boolean serves(JwsAlgorithm algorithm) {
    return type.equals(algorithm.keyType())
        && (onlyAlgorithm == null || onlyAlgorithm.equals(algorithm.label()));
  }

  /** Whether this is a signature of this key; anything malformed is simply not one. */
  boolean verify(JwsAlgorithm algorithm, byte[] message, byte[] signature) {
    if (!serves(algorithm)) {
      return false;
    }
    if (point != null) {
      return point.verify(message, signature);
    }
    try {
      Signature verifier = verifier(algorithm);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (InvalidKeyException | SignatureException e) {
      return false; // a point off its curve; a signature of another length or form
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + " is not available", e);
    }
  }

  private static Signature verifier(JwsAlgorithm algorithm) throws GeneralSecurityException {
    return switch (algorithm) {
      case RS256 -> Signature.getInstance("SHA256withRSA");
      case PS256 -> {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        yield pss;
      }
      case EDDSA -> Signature.getInstance("Ed25519");
      case ES256 -> throw new IllegalStateException("P-256 is checked by its own class");
    };
  }

  private static VerificationKey p256(JsonObject jwk) {
    requireCurve(jwk, "P-256");
    byte[] sec1 = new byte[1 + 2 * COORDINATE_LENGTH];
    sec1[0] = 4;
    System.arraycopy(coordinate(jwk, "x"), 0, sec1, 1, COORDINATE_LENGTH);
    System.arraycopy(coordinate(jwk, "y"), 0, sec1, 1 + COORDINATE_LENGTH, COORDINATE_LENGTH);
    return VerificationKey.ofPoint(sec1);
  }

  private static PublicKey platformKey(String type, JsonObject jwk) {
    try {
      return switch (type) {
        case "RSA" -> rsa(jwk);
        case "OKP" -> ed25519(jwk);
        default -> throw new MalformedInputException("a key type that is not taken");
      };
    } catch (GeneralSecurityException e) {
      MalformedInputException refusal = new MalformedInputException("not a public key");
      refusal.initCause(e);
      throw refusal;
    }
  }

  private static PublicKey rsa(JsonObject jwk) throws GeneralSecurityException {
    BigInteger modulus = new BigInteger(1, ForeignJson.bytes(jwk, "n"));
    BigInteger exponent = new BigInteger(1, ForeignJson.bytes(jwk, "e"));
    int bits = modulus.bitLength();
    if (bits < LEAST_RSA_BITS
        || bits > MOST_RSA_BITS
        || exponent.compareTo(LEAST_EXPONENT) < 0
        || exponent.bitLength() > 64
        || !exponent.testBit(0)) {
      throw new MalformedInputException("an RSA key outside the bounds");
    }
    return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
  }

  /** RFC 8032, 5.1.2: y little-endian, the top bit is the sign of x. */
  private static PublicKey ed25519(JsonObject jwk) throws GeneralSecurityException {
    requireCurve(jwk, "Ed25519");
    byte[] encoded = coordinate(jwk, "x");
    byte[] bigEndian = new byte[encoded.length];
    for (int i = 0; i < encoded.length; i++) {
      bigEndian[i] = encoded[encoded.length - 1 - i];
    }
    boolean xOdd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7F;
    BigInteger y = new BigInteger(1, bigEndian);
    if (!Ed25519Point.isKey(y, xOdd)) {
      throw new MalformedInputException("not a point, or one under which anybody signs");
    }
    EdECPoint point = new EdECPoint(xOdd, y);
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  private static byte[] coordinate(JsonObject jwk, String name) {
    byte[] bytes = ForeignJson.bytes(jwk, name);
    if (bytes.length != COORDINATE_LENGTH) {
      throw new MalformedInputException("a coordinate of another length");
    }
    return bytes;
  }

  private static void requireCurve(JsonObject jwk, String curve) {
    if (!ForeignJson.text(jwk, "crv").orElse("").equals(curve)) {
      throw new MalformedInputException("a curve that is not taken");
    }
  }
}
