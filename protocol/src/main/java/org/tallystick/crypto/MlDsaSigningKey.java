package org.tallystick.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.tallystick.codec.MalformedInputException;

/**
 * An ML-DSA-65 key in memory, kept as its 32 byte seed.
 *
 * <p>Signing is the deterministic variant, so a bad random source can not leak the key, and equal
 * messages get equal signatures. Safe for use by several threads; the seed is wiped when closed.
 *
 * <p>Source: FIPS 204, 5.1 and 5.2 (pure, empty context), 3.4 (deterministic variant).
 */
public final class MlDsaSigningKey implements MessageSigner, AutoCloseable {
  /** Bytes of the seed ξ. */
  public static final int SEED_LENGTH = 32;

  private final Secret seed;
  private final MLDSAPrivateKeyParameters expanded;
  private final MlDsaVerificationKey verificationKey;

  private MlDsaSigningKey(Secret seed) {
    this.seed = seed;
    this.expanded = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed.reveal());
    this.verificationKey = MlDsaVerificationKey.of(expanded.getPublicKeyParameters().getEncoded());
  }

  /** Makes a fresh key. */
  public static MlDsaSigningKey generate(SecureRandom random) {
    return new MlDsaSigningKey(Secret.random(random, SEED_LENGTH));
  }

  /**
   * Takes a copy of a seed.
   *
   * @throws MalformedInputException if it has not 32 bytes
   */
  public static MlDsaSigningKey ofSeed(byte[] seed32) {
    if (seed32.length != SEED_LENGTH) {
      throw new MalformedInputException("ML-DSA seed of " + seed32.length + " bytes");
    }
    return new MlDsaSigningKey(Secret.copyOf(seed32));
  }

  /**
   * Returns a copy of the seed, which the caller must wipe.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public byte[] seed() {
    return seed.reveal().clone();
  }

  /**
   * Returns the 3,309 byte signature.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  @Override
  public byte[] sign(byte[] message) {
    MLDSASigner signer = new MLDSASigner();
    signer.init(true, expanded);
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("ML-DSA signing failed", e);
    }
  }

  @Override
  public MlDsaVerificationKey verificationKey() {
    return verificationKey;
  }

  /** Wipes seed and key; signing throws {@link IllegalStateException} afterwards. */
  @Override
  public void close() {
    seed.close();
    expanded.destroy();
  }

  @Override
  public String toString() {
    return "MlDsaSigningKey(ML-DSA-65)";
  }
}
