package org.tallystick.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import org.bouncycastle.util.BigIntegers;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.VerificationKey;

/**
 * The keys of a token as they were found at one time: handles, which are good until the login is
 * lost, and never the keys themselves.
 */
final class TokenKeys {
  static final String KEY_ENCRYPTION_KEY = "tallystick-key-encryption-key";
  private static final int COORDINATE_LENGTH = 32;
  private static final int BLOCK_LENGTH = 16;

  private final SecretKey keyEncryptionKey;
  private final Map<KeyUse, PrivateKey> signing = new EnumMap<>(KeyUse.class);
  private final Map<KeyUse, VerificationKey> verifying = new EnumMap<>(KeyUse.class);
  private final byte[] check;

  private TokenKeys(KeyStore store, Provider provider) throws GeneralSecurityException {
    keyEncryptionKey = (SecretKey) handle(store, KEY_ENCRYPTION_KEY, SecretKey.class);
    for (KeyUse use : KeyUse.values()) {
      String label = label(use);
      signing.put(use, (PrivateKey) handle(store, label, PrivateKey.class));
      verifying.put(use, publicKey(label, store.getCertificate(label)));
    }
    check = checkOf(keyEncryptionKey, provider);
    for (KeyUse use : KeyUse.values()) {
      prove(use, provider);
    }
  }

  /** Finds the keys and lets each signing key prove that it fits its certificate. */
  static TokenKeys load(Provider provider) throws GeneralSecurityException {
    return new TokenKeys(store(provider), provider);
  }

  /** The labels of the keys that are not in the token. */
  static List<String> absent(KeyStore store) throws GeneralSecurityException {
    List<String> aliases = Collections.list(store.aliases());
    List<String> absent = new ArrayList<>();
    for (String label : labels()) {
      // so the platform tells certificates of one label apart
      if (aliases.stream().anyMatch(alias -> alias.startsWith(label + "/"))) {
        throw new IllegalStateException("the token holds more than one key " + label);
      }
      if (!store.isKeyEntry(label)) {
        absent.add(label);
      }
    }
    return absent;
  }

  static KeyStore store(Provider provider) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS11", provider);
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException("the token's keys cannot be listed", e);
    }
    return store;
  }

  static String label(KeyUse use) {
    return "tallystick-" + use.name().toLowerCase(Locale.ROOT);
  }

  SecretKey keyEncryptionKey() {
    return keyEncryptionKey;
  }

  VerificationKey verificationKey(KeyUse use) {
    VerificationKey key = verifying.get(use);
    if (key == null) {
      throw new IllegalStateException("no signing key for " + use);
    }
    return key;
  }

  /** Signs with ES256; r‖s, 64 bytes, s as the token made it. */
  byte[] sign(KeyUse use, byte[] message, Provider provider) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format", provider);
    signature.initSign(signing.get(use));
    signature.update(message);
    byte[] signed = signature.sign();
    if (signed.length != VerificationKey.SIGNATURE_LENGTH) {
      throw new GeneralSecurityException("a signature of " + signed.length + " bytes");
    }
    return signed;
  }

  /** 32 bytes that follow from the key-encryption key and do not reveal it. */
  byte[] check() {
    return check.clone();
  }

  /** Whether these are the keys that the others are. */
  boolean same(TokenKeys other) {
    return verifying.equals(other.verifying) && Arrays.equals(check, other.check);
  }

  /** Signs and verifies, which a token without login, or with another key, does not do. */
  void prove(KeyUse use, Provider provider) throws GeneralSecurityException {
    // as text it is no signature structure of COSE, so it proves nothing to anybody else
    byte[] message = "tallystick/self-test/v1".getBytes(StandardCharsets.US_ASCII);
    if (!verificationKey(use).verify(message, sign(use, message, provider))) {
      throw new GeneralSecurityException(label(use) + " does not fit its certificate");
    }
  }

  private static List<String> labels() {
    List<String> labels = new ArrayList<>();
    labels.add(KEY_ENCRYPTION_KEY);
    for (KeyUse use : KeyUse.values()) {
      labels.add(label(use));
    }
    return labels;
  }

  private static Key handle(KeyStore store, String label, Class<? extends Key> kind)
      throws GeneralSecurityException {
    Key key = store.getKey(label, null);
    if (!kind.isInstance(key)) {
      throw new GeneralSecurityException("the token has no key " + label);
    }
    if (key.getEncoded() != null) {
      throw new IllegalStateException("the token lets " + label + " be read out");
    }
    return key;
  }

  private static VerificationKey publicKey(String label, Certificate certificate) {
    if (!(certificate.getPublicKey() instanceof ECPublicKey key)
        || key.getParams().getCurve().getField().getFieldSize() != 8 * COORDINATE_LENGTH) {
      throw new IllegalStateException(label + " is not a key on P-256");
    }
    byte[] point = new byte[1 + 2 * COORDINATE_LENGTH];
    point[0] = 4;
    BigIntegers.asUnsignedByteArray(key.getW().getAffineX(), point, 1, COORDINATE_LENGTH);
    BigIntegers.asUnsignedByteArray(
        key.getW().getAffineY(), point, 1 + COORDINATE_LENGTH, COORDINATE_LENGTH);
    // refuses a point that is not on the curve
    return VerificationKey.ofPoint(point);
  }

  private static byte[] checkOf(SecretKey key, Provider provider) throws GeneralSecurityException {
    // a token takes an AES key for ciphers only, not for HMAC; a constant that looks like chance
    // meets none of the blocks that sealing encrypts
    byte[] constant = Sha256.of("tallystick/key-check/v1".getBytes(StandardCharsets.UTF_8));
    // not AES_256: the platform takes the length of a key found in a token, which is in bytes, for
    // bits, and refuses every one (JDK 17 to 25)
    Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding", provider);
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[BLOCK_LENGTH]));
    return Sha256.of(cipher.doFinal(constant));
  }
}
