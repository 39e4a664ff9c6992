package org.tallystick.partner;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import org.tallystick.partner.ClientAssertion.Claims;
import org.tallystick.partner.PublicJwk.Value;

/** A partner's program: a key, and what it signs. */
final class Jws {
  private final String kid;
  private final JwsAlgorithm algorithm;
  private final KeyPair pair;

  Jws(String kid, JwsAlgorithm algorithm) {
    this.kid = kid;
    this.algorithm = algorithm;
    this.pair = pair(algorithm);
  }

  PublicJwk jwk() {
    if (pair.getPublic() instanceof ECPublicKey ec) {
      return new PublicJwk(
          kid,
          new Value.Ec(
              bytes(ec.getW().getAffineX().toByteArray(), 32),
              bytes(ec.getW().getAffineY().toByteArray(), 32)));
    }
    if (pair.getPublic() instanceof RSAPublicKey rsa) {
      int length = (rsa.getModulus().bitLength() + 7) / 8;
      return new PublicJwk(
          kid, new Value.Rsa(bytes(rsa.getModulus().toByteArray(), length), new byte[] {1, 0, 1}));
    }
    byte[] spki = ((EdECPublicKey) pair.getPublic()).getEncoded();
    return new PublicJwk(kid, new Value.Okp(Arrays.copyOfRange(spki, 12, 44)));
  }

  ClientAssertion sign(Claims claims) {
    return sign(kid, algorithm, claims);
  }

  /** Under a header that may lie. */
  ClientAssertion sign(String header, JwsAlgorithm named, Claims claims) {
    byte[] input = claims.toString().getBytes(StandardCharsets.UTF_8);
    try {
      Signature signer =
          Signature.getInstance(
              switch (algorithm) {
                case ES256 -> "SHA256withECDSAinP1363Format";
                case PS256 -> "RSASSA-PSS";
                case EDDSA -> "Ed25519";
              });
      if (algorithm == JwsAlgorithm.PS256) {
        signer.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signer.initSign(pair.getPrivate());
      signer.update(input);
      return new ClientAssertion(header, named, claims, input, signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Exactly so many bytes, big-endian. */
  private static byte[] bytes(byte[] number, int length) {
    byte[] out = new byte[length];
    int count = Math.min(length, number.length);
    System.arraycopy(number, number.length - count, out, length - count, count);
    return out;
  }

  private static KeyPair pair(JwsAlgorithm algorithm) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              switch (algorithm) {
                case ES256 -> "EC";
                case PS256 -> "RSA";
                case EDDSA -> "Ed25519";
              });
      switch (algorithm) {
        case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
        case PS256 -> generator.initialize(2048);
        case EDDSA -> {
          // one curve
        }
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
