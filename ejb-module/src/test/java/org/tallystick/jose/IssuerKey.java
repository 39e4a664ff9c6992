package org.tallystick.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

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
import org.tallystick.codec.Base64Url;

/** A signer of tokens, made with the platform's own cryptography. */
public final class IssuerKey {
  private final JwsAlgorithm algorithm;
  private final String id;
  private final KeyPair pair;

  public IssuerKey(JwsAlgorithm algorithm, String id) {
    this.algorithm = algorithm;
    this.id = id;
    this.pair = pair(algorithm);
  }

  private static KeyPair pair(JwsAlgorithm algorithm) {
    try {
      return switch (algorithm) {
        case RS256, PS256 -> {
          KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
          rsa.initialize(2048);
          yield rsa.generateKeyPair();
        }
        case ES256 -> {
          KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
          ec.initialize(new ECGenParameterSpec("secp256r1"));
          yield ec.generateKeyPair();
        }
        case EDDSA -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public KeyPair pair() {
    return pair;
  }

  /** The public half as a member of a key set. */
  public String jwk() {
    String named = "{\"kid\":\"" + id + "\",\"use\":\"sig\",\"alg\":\"" + algorithm.label() + "\",";
    if (pair.getPublic() instanceof RSAPublicKey rsa) {
      return named
          + "\"kty\":\"RSA\",\"n\":\""
          + unsigned(rsa.getModulus().toByteArray())
          + "\",\"e\":\"AQAB\"}";
    }
    if (pair.getPublic() instanceof ECPublicKey ec) {
      return named
          + "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
          + Base64Url.encode(fixed(ec.getW().getAffineX().toByteArray()))
          + "\",\"y\":\""
          + Base64Url.encode(fixed(ec.getW().getAffineY().toByteArray()))
          + "\"}";
    }
    EdECPublicKey ed = (EdECPublicKey) pair.getPublic();
    byte[] y = fixed(ed.getPoint().getY().toByteArray());
    byte[] encoded = new byte[32];
    for (int i = 0; i < 32; i++) {
      encoded[i] = y[31 - i];
    }
    encoded[31] |= (byte) (ed.getPoint().isXOdd() ? 0x80 : 0);
    return named
        + "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\""
        + Base64Url.encode(encoded)
        + "\"}";
  }

  /** A token under its own header. */
  public String token(String claims) {
    return token(
        "{\"typ\":\"at+jwt\",\"alg\":\"" + algorithm.label() + "\",\"kid\":\"" + id + "\"}",
        claims);
  }

  public String token(String header, String claims) {
    String signed =
        Base64Url.encode(header.getBytes(UTF_8)) + "." + Base64Url.encode(claims.getBytes(UTF_8));
    return signed + "." + Base64Url.encode(sign(signed.getBytes(US_ASCII)));
  }

  private byte[] sign(byte[] message) {
    try {
      Signature signature =
          Signature.getInstance(
              switch (algorithm) {
                case RS256 -> "SHA256withRSA";
                case PS256 -> "RSASSA-PSS";
                case ES256 -> "SHA256withECDSAinP1363Format";
                case EDDSA -> "Ed25519";
              });
      if (algorithm == JwsAlgorithm.PS256) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String unsigned(byte[] number) {
    return Base64Url.encode(number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number);
  }

  private static byte[] fixed(byte[] number) {
    byte[] fixed = new byte[32];
    int from = Math.max(0, number.length - 32);
    System.arraycopy(number, from, fixed, 32 - (number.length - from), number.length - from);
    return fixed;
  }
}
