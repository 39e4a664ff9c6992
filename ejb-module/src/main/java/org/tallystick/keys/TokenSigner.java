package org.tallystick.keys;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.VerificationKey;

/**
 * An ES256 key inside a token.
 *
 * <p>The token draws its nonces: unlike {@link org.tallystick.crypto.SigningKey}, equal messages
 * get different signatures. As there, s is the smaller of s and n − s.
 */
final class TokenSigner implements Signer {
  // FIPS 186-5 and SP 800-186, 3.2.1.3: n of P-256
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  private static final int SCALAR_LENGTH = 32;

  private final Pkcs11Token token;
  private final KeyUse use;

  TokenSigner(Pkcs11Token token, KeyUse use) {
    this.token = token;
    this.use = use;
  }

  /**
   * {@inheritDoc}
   *
   * @throws KeysUnavailableException if the token fails
   */
  @Override
  public byte[] sign(byte[] message) {
    return lowS(token.use((keys, provider) -> keys.sign(use, message, provider)));
  }

  @Override
  public VerificationKey verificationKey() {
    return token.keys().verificationKey(use);
  }

  private static byte[] lowS(byte[] signature) {
    BigInteger s =
        new BigInteger(1, Arrays.copyOfRange(signature, SCALAR_LENGTH, signature.length));
    if (s.compareTo(ORDER.shiftRight(1)) > 0) {
      BigIntegers.asUnsignedByteArray(ORDER.subtract(s), signature, SCALAR_LENGTH, SCALAR_LENGTH);
    }
    return signature;
  }

  @Override
  public String toString() {
    return "TokenSigner(" + use + ")";
  }
}
