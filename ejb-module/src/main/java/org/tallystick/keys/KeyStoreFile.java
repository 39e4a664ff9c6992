package org.tallystick.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.node.PrivateFile;

/** A PKCS#12 file (RFC 7292) with secret-key entries of 32 bytes each. */
final class KeyStoreFile {
  private static final int KEY_LENGTH = 32;
  private static final List<String> RANDOM_KEYS =
      List.of("key-encryption-key", "personal", "alias-1", "search", "token");

  private final KeyStore store;
  private final char[] password;

  private KeyStoreFile(KeyStore store, char[] password) {
    this.store = store;
    this.password = password;
  }

  static KeyStoreFile openOrMake(Path file, char[] password, SecureRandom random) {
    try {
      if (!Files.exists(file)) {
        PrivateFile.create(file, made(password, random));
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(PrivateFile.read(file)), password);
      return new KeyStoreFile(store, password.clone());
    } catch (IOException e) {
      throw new IllegalStateException(
          "the key file does not open: is TALLYSTICK_KEYS_PASSWORD the one it was made with?", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform does not read PKCS#12", e);
    }
  }

  Secret secret(String name) {
    try {
      Key key = store.getKey(name, password);
      if (key == null || key.getEncoded() == null || key.getEncoded().length != KEY_LENGTH) {
        throw new IllegalStateException("the key file has no key " + name);
      }
      return Secret.adopt(key.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key file does not give out " + name, e);
    }
  }

  static String signerName(KeyUse use) {
    return "signer-" + use.name().toLowerCase(Locale.ROOT);
  }

  private static byte[] made(char[] password, SecureRandom random)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    for (String name : RANDOM_KEYS) {
      try (Secret fresh = Secret.random(random, KEY_LENGTH)) {
        add(store, name, fresh.reveal(), password);
      }
    }
    for (KeyUse use : KeyUse.values()) {
      try (SigningKey fresh = SigningKey.generate(random);
          Secret scalar = Secret.adopt(fresh.scalar())) {
        add(store, signerName(use), scalar.reveal(), password);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, password);
    return bytes.toByteArray();
  }

  private static void add(KeyStore store, String name, byte[] key, char[] password)
      throws GeneralSecurityException {
    // PKCS#12 wants an algorithm with an object identifier; what the bytes are for is in the name
    store.setEntry(
        name,
        new KeyStore.SecretKeyEntry(new SecretKeySpec(key, "AES")),
        new KeyStore.PasswordProtection(password));
  }
}
