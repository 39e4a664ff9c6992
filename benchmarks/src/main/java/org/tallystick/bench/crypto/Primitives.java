package org.tallystick.bench.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What sealing and opening must compute, and nothing else: the same primitives of the same
 * providers over inputs of the same lengths, on instances that are made once. What lies between it
 * and the protocol is the protocol's own cost.
 */
final class Primitives {
  private static final int KEY_LENGTH = 32;
  private static final int BLOCK_LENGTH = 16;
  private static final int IV_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final BigInteger SCALAR = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.TEN);

  private final Mac hmac;
  private final MessageDigest sha256;
  private final Cipher gcm;
  private final Cipher ecb;
  private final ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
  private final ECDSASigner verifier = new ECDSASigner();

  /**
   * Used in turn, because Java keeps the round keys of a key that comes twice: a one-time key never
   * does, and the alias key is unwrapped anew for each code.
   */
  private final byte[][] keys = {new byte[KEY_LENGTH], new byte[KEY_LENGTH]};

  private final byte[] iv = new byte[IV_LENGTH];
  private final byte[] block = new byte[BLOCK_LENGTH];
  private final byte[][] hmacInputs;
  private final byte[][] hashInputs;
  private final byte[] gcmAad;
  private final byte[] plaintext;
  private final byte[][] ciphertexts = new byte[2][];
  private final byte[] signedBytes;
  private final BigInteger[] signature;
  private int turn;

  private Primitives(Shape shape) throws GeneralSecurityException {
    hmac = Mac.getInstance("HmacSHA256");
    sha256 = MessageDigest.getInstance("SHA-256");
    gcm = Cipher.getInstance("AES/GCM/NoPadding");
    ecb = ecb();
    hmacInputs = shape.hmacs().stream().map(byte[]::new).toArray(byte[][]::new);
    hashInputs = shape.hashes().stream().map(byte[]::new).toArray(byte[][]::new);
    gcmAad = new byte[shape.gcmAad()];
    plaintext = new byte[shape.plaintext()];
    signedBytes = new byte[shape.signedBytes()];
    X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
    ECDomainParameters domain = new ECDomainParameters(curve);
    signer.init(true, new ECPrivateKeyParameters(SCALAR, domain));
    verifier.init(
        false, new ECPublicKeyParameters(domain.getG().multiply(SCALAR).normalize(), domain));
    signature = signer.generateSignature(sha256.digest(signedBytes));
    keys[1][0] = 1;
    for (turn = 0; turn < ciphertexts.length; turn++) {
      ciphertexts[turn] = encrypt();
    }
    turn = 1;
  }

  static Primitives of(Shape shape) {
    try {
      return new Primitives(shape);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks a primitive", e);
    }
  }

  @SuppressWarnings("InsecureCryptoUsage") // one block, as the alias is
  private static Cipher ecb() throws GeneralSecurityException {
    return Cipher.getInstance("AES/ECB/NoPadding");
  }

  void seal(boolean signed, Blackhole out) throws GeneralSecurityException {
    hashesAndTags(out);
    if (signed) {
      out.consume(signer.generateSignature(sha256.digest(signedBytes)));
    }
    turn ^= 1;
    out.consume(encrypt());
  }

  void open(boolean signed, Blackhole out) throws GeneralSecurityException {
    turn ^= 1;
    ecb.init(Cipher.DECRYPT_MODE, new SecretKeySpec(keys[turn], "AES"));
    out.consume(ecb.doFinal(block));
    hashesAndTags(out);
    startGcm(Cipher.DECRYPT_MODE);
    out.consume(gcm.doFinal(ciphertexts[turn]));
    if (signed) {
      boolean good =
          verifier.verifySignature(sha256.digest(signedBytes), signature[0], signature[1]);
      if (!good) {
        throw new IllegalStateException("signature refused");
      }
    }
  }

  private void hashesAndTags(Blackhole out) throws GeneralSecurityException {
    for (byte[] input : hmacInputs) {
      hmac.init(new SecretKeySpec(keys[turn], "HmacSHA256"));
      out.consume(hmac.doFinal(input));
    }
    for (byte[] input : hashInputs) {
      out.consume(sha256.digest(input));
    }
  }

  private byte[] encrypt() throws GeneralSecurityException {
    startGcm(Cipher.ENCRYPT_MODE);
    return gcm.doFinal(plaintext);
  }

  private void startGcm(int mode) throws GeneralSecurityException {
    gcm.init(mode, new SecretKeySpec(keys[turn], "AES"), new GCMParameterSpec(TAG_BITS, iv));
    gcm.updateAAD(gcmAad);
  }
}
