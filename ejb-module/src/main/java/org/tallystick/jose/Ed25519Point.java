package org.tallystick.jose;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.TWO;
import static java.math.BigInteger.ZERO;

import java.math.BigInteger;

/**
 * Whether 32 bytes are a public key of Ed25519 that somebody can have made: a point of the curve,
 * written in the one way there is, and not one of the eight small ones, under which anybody signs.
 *
 * <p>The platform finds a point beside the curve only when it checks a signature.
 *
 * <p>Source: RFC 8032, 5.1, 5.1.3; RFC 7748, 7, for the small ones.
 */
public final class Ed25519Point {
  private static final BigInteger P = ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger D =
      BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(P)).mod(P);

  /** To the eighth part of it, a square gives its root or that times the root of minus one. */
  private static final BigInteger ROOT = P.add(BigInteger.valueOf(3)).shiftRight(3);

  private static final BigInteger ROOT_OF_MINUS_ONE = TWO.modPow(P.subtract(ONE).shiftRight(2), P);

  private Ed25519Point() {}

  /**
   * Whether it is one.
   *
   * @param y below 2^255, as the key says it
   * @param odd whether the key says that x is
   */
  public static boolean isKey(BigInteger y, boolean odd) {
    if (y.compareTo(P) >= 0) {
      return false;
    }
    BigInteger square = y.multiply(y).mod(P);
    BigInteger xSquare =
        square.subtract(ONE).multiply(D.multiply(square).add(ONE).modInverse(P)).mod(P);
    BigInteger x = xSquare.modPow(ROOT, P);
    if (!x.multiply(x).mod(P).equals(xSquare)) {
      x = x.multiply(ROOT_OF_MINUS_ONE).mod(P);
    }
    boolean onCurve = x.multiply(x).mod(P).equals(xSquare);
    boolean oneForm = !(x.equals(ZERO) && odd);
    return onCurve && oneForm && !isSmall(x, y);
  }

  /** Whether it is the neutral point after three doublings; the sign of x does not matter. */
  private static boolean isSmall(BigInteger x, BigInteger y) {
    BigInteger left = x;
    BigInteger right = y;
    for (int i = 0; i < 3; i++) {
      BigInteger xx = left.multiply(left).mod(P);
      BigInteger yy = right.multiply(right).mod(P);
      BigInteger product = D.multiply(xx).multiply(yy).mod(P);
      BigInteger next = TWO.multiply(left).multiply(right).multiply(ONE.add(product).modInverse(P));
      right = yy.add(xx).multiply(ONE.subtract(product).modInverse(P)).mod(P);
      left = next.mod(P);
    }
    return left.equals(ZERO) && right.equals(ONE);
  }
}
