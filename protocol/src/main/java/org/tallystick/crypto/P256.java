package org.tallystick.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.tallystick.codec.MalformedInputException;

/** The curve P-256 and the strict forms of its points and scalars: SEC 1, 2.3 and FIPS 186-5. */
final class P256 {
  static final int SCALAR_LENGTH = 32;
  static final int COMPRESSED_LENGTH = 33;
  static final int UNCOMPRESSED_LENGTH = 65;

  static final ECDomainParameters DOMAIN = domain();
  static final BigInteger ORDER = DOMAIN.getN();
  static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

  private P256() {}

  private static ECDomainParameters domain() {
    X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
    return new ECDomainParameters(curve);
  }

  /** Returns a point that lies on the curve and is not infinity, from 33 or 65 bytes. */
  static ECPublicKeyParameters point(byte[] sec1) {
    boolean compressed = sec1.length == COMPRESSED_LENGTH && (sec1[0] == 2 || sec1[0] == 3);
    boolean uncompressed = sec1.length == UNCOMPRESSED_LENGTH && sec1[0] == 4;
    if (!compressed && !uncompressed) {
      throw new MalformedInputException("not a P-256 point in a SEC 1 form");
    }
    try {
      return new ECPublicKeyParameters(DOMAIN.getCurve().decodePoint(sec1), DOMAIN);
    } catch (IllegalArgumentException e) {
      throw new MalformedInputException("not a point on P-256");
    }
  }

  /** Returns a point from exactly 65 bytes. */
  static ECPublicKeyParameters uncompressedPoint(byte[] sec1) {
    if (sec1.length != UNCOMPRESSED_LENGTH) {
      throw new MalformedInputException("P-256 point of " + sec1.length + " bytes");
    }
    return point(sec1);
  }

  /** Returns the private key with a scalar from 1 to n − 1. */
  static ECPrivateKeyParameters privateKey(byte[] scalar) {
    if (scalar.length != SCALAR_LENGTH) {
      throw new MalformedInputException("P-256 scalar of " + scalar.length + " bytes");
    }
    BigInteger value = new BigInteger(1, scalar);
    if (value.signum() == 0 || value.compareTo(ORDER) >= 0) {
      throw new MalformedInputException("P-256 scalar out of range");
    }
    return new ECPrivateKeyParameters(value, DOMAIN);
  }

  /** Draws a scalar by rejection, FIPS 186-5, A.2.2. */
  static byte[] randomScalar(SecureRandom random) {
    byte[] scalar = new byte[SCALAR_LENGTH];
    while (true) {
      random.nextBytes(scalar);
      BigInteger value = new BigInteger(1, scalar);
      if (value.signum() != 0 && value.compareTo(ORDER) < 0) {
        return scalar;
      }
      Arrays.fill(scalar, (byte) 0);
    }
  }

  static ECPoint publicPoint(ECPrivateKeyParameters key) {
    return new FixedPointCombMultiplier().multiply(DOMAIN.getG(), key.getD()).normalize();
  }

  static byte[] fixedLength(BigInteger value) {
    return BigIntegers.asUnsignedByteArray(SCALAR_LENGTH, value);
  }
}
