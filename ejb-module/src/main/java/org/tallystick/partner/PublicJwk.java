package org.tallystick.partner;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import org.tallystick.jose.Ed25519Point;

/**
 * A public key as a JWK has it, not looked at yet. Its type decides for which one algorithm it
 * serves.
 *
 * <p>Source: RFC 7517, 4; RFC 7518, 6; RFC 8037, 2.
 *
 * @param kid its name, 1 to 64 characters
 * @param value numbers of the key, by type
 */
public record PublicJwk(String kid, Value value) {
  private static final int COORDINATE = 32;
  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 4096;

  /** What is particular to a type. */
  public sealed interface Value {
    /** On P-256; 32 bytes each. */
    record Ec(byte[] x, byte[] y) implements Value {}

    /** Modulus and exponent, unsigned. */
    record Rsa(byte[] n, byte[] e) implements Value {}

    /** On Ed25519; 32 bytes. */
    record Okp(byte[] x) implements Value {}
  }

  /** The key, where it is a good one: a point of the curve, or 2048 to 4096 bits with 65537. */
  public Optional<PartnerKey> key() {
    try {
      if (value instanceof Value.Ec ec) {
        return ec(ec).map(key -> of(JwsAlgorithm.ES256, key));
      }
      if (value instanceof Value.Rsa rsa) {
        return rsa(rsa).map(key -> of(JwsAlgorithm.PS256, key));
      }
      return value instanceof Value.Okp okp
          ? okp(okp).map(key -> of(JwsAlgorithm.EDDSA, key))
          : Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // the provider knows a fault of it
    }
  }

  private PartnerKey of(JwsAlgorithm algorithm, PublicKey key) {
    return new PartnerKey(kid, algorithm, key.getEncoded());
  }

  private static Optional<PublicKey> ec(Value.Ec ec) throws GeneralSecurityException {
    if (ec.x().length != COORDINATE || ec.y().length != COORDINATE) {
      return Optional.empty();
    }
    AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
    named.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec curve = named.getParameterSpec(ECParameterSpec.class);
    BigInteger x = new BigInteger(1, ec.x());
    BigInteger y = new BigInteger(1, ec.y());
    return isOn(curve, x, y)
        ? Optional.of(
            KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve)))
        : Optional.empty();
  }

  /** SEC 1, 3.2.2.1: below p, and y² = x³ + ax + b; the curve's cofactor is 1. */
  private static boolean isOn(ECParameterSpec curve, BigInteger x, BigInteger y) {
    BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger right =
        x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB()).mod(p);
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.modPow(BigInteger.TWO, p).equals(right);
  }

  private static Optional<PublicKey> rsa(Value.Rsa rsa) throws GeneralSecurityException {
    BigInteger n = new BigInteger(1, rsa.n());
    boolean good =
        n.testBit(0)
            && n.bitLength() >= LEAST_RSA_BITS
            && n.bitLength() <= MOST_RSA_BITS
            && new BigInteger(1, rsa.e()).intValue() == 65_537
            && rsa.e().length == 3;
    return good
        ? Optional.of(
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(n, BigInteger.valueOf(65_537))))
        : Optional.empty();
  }

  private static Optional<PublicKey> okp(Value.Okp okp) throws GeneralSecurityException {
    if (okp.x().length != COORDINATE) {
      return Optional.empty();
    }
    byte[] bigEndian = new byte[COORDINATE];
    for (int i = 0; i < COORDINATE; i++) {
      bigEndian[i] = okp.x()[COORDINATE - 1 - i];
    }
    boolean odd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    BigInteger y = new BigInteger(1, bigEndian);
    return Ed25519Point.isKey(y, odd)
        ? Optional.of(
            KeyFactory.getInstance("Ed25519")
                .generatePublic(
                    new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, y))))
        : Optional.empty();
  }
}
