package org.tallystick.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.tallystick.codec.MalformedInputException;

/**
 * A key pair for key encapsulation by ML-KEM-768, kept as its 64 byte seed d ‖ z.
 *
 * <p>A ciphertext that was not made for this key yields another secret and no error (implicit
 * rejection): only what is sealed under the secret shows that it is the same on both sides. The
 * seed is wiped when closed.
 *
 * <p>Source: FIPS 203, 7.1 to 7.3.
 */
public final class MlKemKey implements AutoCloseable {
  /** Bytes of the seed d ‖ z. */
  public static final int SEED_LENGTH = 64;

  /** Bytes of an encapsulation key. */
  public static final int ENCAPSULATION_KEY_LENGTH = 1184;

  /** Bytes of a ciphertext. */
  public static final int CIPHERTEXT_LENGTH = 1088;

  private static final int RANDOM_LENGTH = 32;

  private final Secret seed;
  private final MLKEMPrivateKeyParameters expanded;

  private MlKemKey(Secret seed) {
    this.seed = seed;
    this.expanded = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, seed.reveal());
  }

  /** What the sender gets: the shared secret (32 bytes) and what carries it (1,088 bytes). */
  @SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
  public record Encapsulated(Secret secret, byte[] ciphertext) {}

  /** Makes a fresh key pair. */
  public static MlKemKey generate(SecureRandom random) {
    return new MlKemKey(Secret.random(random, SEED_LENGTH));
  }

  /**
   * Takes a copy of a seed.
   *
   * @throws MalformedInputException if it has not 64 bytes
   */
  public static MlKemKey ofSeed(byte[] seed64) {
    if (seed64.length != SEED_LENGTH) {
      throw new MalformedInputException("ML-KEM seed of " + seed64.length + " bytes");
    }
    return new MlKemKey(Secret.copyOf(seed64));
  }

  /**
   * Makes a secret for the holder of an encapsulation key.
   *
   * @throws MalformedInputException if the key has another length or a coefficient is not reduced
   *     (FIPS 203, 7.2)
   */
  public static Encapsulated encapsulate(byte[] encapsulationKey, SecureRandom random) {
    MLKEMPublicKeyParameters key = publicKey(encapsulationKey);
    byte[] message = new byte[RANDOM_LENGTH];
    random.nextBytes(message);
    SecretWithEncapsulation made = MLKEMGenerator.internalGenerateEncapsulated(key, message);
    Arrays.fill(message, (byte) 0);
    return new Encapsulated(Secret.adopt(made.getSecret()), made.getEncapsulation());
  }

  private static MLKEMPublicKeyParameters publicKey(byte[] encoded) {
    if (encoded.length != ENCAPSULATION_KEY_LENGTH) {
      throw new MalformedInputException("ML-KEM-768 key of " + encoded.length + " bytes");
    }
    try {
      return new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, encoded);
    } catch (IllegalArgumentException e) {
      throw new MalformedInputException("not an ML-KEM-768 key");
    }
  }

  /** Returns the 1,184 byte encapsulation key. */
  public byte[] encapsulationKey() {
    return expanded.getPublicKey();
  }

  /**
   * Returns the secret that a ciphertext carries, 32 bytes.
   *
   * @throws MalformedInputException if the ciphertext has not 1,088 bytes
   * @throws IllegalStateException after {@link #close()}
   */
  public Secret decapsulate(byte[] ciphertext) {
    if (ciphertext.length != CIPHERTEXT_LENGTH) {
      throw new MalformedInputException("ML-KEM-768 ciphertext of " + ciphertext.length + " bytes");
    }
    return Secret.adopt(new MLKEMExtractor(expanded).extractSecret(ciphertext));
  }

  /**
   * Returns a copy of the seed, which the caller must wipe.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public byte[] seed() {
    return seed.reveal().clone();
  }

  /** Wipes seed and key. */
  @Override
  public void close() {
    seed.close();
    expanded.destroy();
  }

  @Override
  public String toString() {
    return "MlKemKey(ML-KEM-768)";
  }
}
