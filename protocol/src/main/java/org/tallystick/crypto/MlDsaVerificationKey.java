package org.tallystick.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.MalformedInputException;

/**
 * The public half of an ML-DSA-65 key. Safe for use by several threads.
 *
 * <p>Source: FIPS 204, 5.3 (pure, empty context).
 */
public final class MlDsaVerificationKey implements SignatureKey {
  private final MLDSAPublicKeyParameters key;
  private final byte[] encoded;

  private MlDsaVerificationKey(MLDSAPublicKeyParameters key) {
    this.key = key;
    this.encoded = key.getEncoded();
  }

  /**
   * Reads the 1,952 bytes of a public key; each string of this length is one.
   *
   * @throws MalformedInputException if there are more or less of them
   */
  public static MlDsaVerificationKey of(byte[] encoded) {
    if (encoded.length != SignatureAlgorithm.ML_DSA_65.publicKeyLength()) {
      throw new MalformedInputException("ML-DSA-65 key of " + encoded.length + " bytes");
    }
    return new MlDsaVerificationKey(
        new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, encoded.clone()));
  }

  @Override
  public SignatureAlgorithm algorithm() {
    return SignatureAlgorithm.ML_DSA_65;
  }

  @Override
  public byte[] encoded() {
    return encoded.clone();
  }

  @Override
  public boolean verify(byte[] message, byte[] signature) {
    if (signature.length != algorithm().signatureLength()) {
      return false;
    }
    MLDSASigner verifier = new MLDSASigner();
    verifier.init(false, key);
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MlDsaVerificationKey key && Arrays.equals(encoded, key.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return "MlDsaVerificationKey(ML-DSA-65)";
  }
}
