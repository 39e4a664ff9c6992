package org.tallystick.partner;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumMap;
import java.util.Map;

/**
 * Signatures of JWS, by the JDK alone. For each algorithm there is a key of which nobody has the
 * other half: what names no key is verified against it, so that it takes as long.
 */
final class JwsVerifier {
  private static final int RSA_BITS = 2048;
  private static final int SALT_LENGTH = 32;
  private static final Map<JwsAlgorithm, byte[]> NOBODY = nobody();

  private JwsVerifier() {}

  /** Whether it is the key's signature over the input. */
  static boolean isGood(JwsAlgorithm algorithm, byte[] publicKey, byte[] input, byte[] signature) {
    try {
      Signature verifier = verifier(algorithm);
      verifier.initVerify(key(algorithm, publicKey));
      verifier.update(input);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false; // of the wrong length
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a stored key is none", e);
    }
  }

  /** Takes as long as {@link #isGood} and is false. */
  static boolean isNobodys(JwsAlgorithm algorithm, byte[] input, byte[] signature) {
    byte[] key = NOBODY.get(algorithm);
    if (key == null) {
      throw new IllegalStateException("no key for " + algorithm);
    }
    isGood(algorithm, key, input, signature);
    return false;
  }

  private static Signature verifier(JwsAlgorithm algorithm) throws GeneralSecurityException {
    return switch (algorithm) {
      case ES256 -> Signature.getInstance("SHA256withECDSAinP1363Format");
      case EDDSA -> Signature.getInstance("Ed25519");
      case PS256 -> {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT_LENGTH, 1));
        yield pss;
      }
    };
  }

  private static PublicKey key(JwsAlgorithm algorithm, byte[] encoded)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(family(algorithm))
        .generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static String family(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> "EC";
      case PS256 -> "RSA";
      case EDDSA -> "Ed25519";
    };
  }

  private static Map<JwsAlgorithm, byte[]> nobody() {
    Map<JwsAlgorithm, byte[]> keys = new EnumMap<>(JwsAlgorithm.class);
    try {
      for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family(algorithm));
        switch (algorithm) {
          case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
          case PS256 -> generator.initialize(RSA_BITS);
          case EDDSA -> {
            // one curve
          }
        }
        keys.put(algorithm, generator.generateKeyPair().getPublic().getEncoded());
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return keys;
  }
}
