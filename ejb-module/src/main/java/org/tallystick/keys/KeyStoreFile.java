package org.tallystick.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.tallystick.crypto.HmacSha256;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.MlDsaSigningKey;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.SigningKey;
import org.tallystick.node.PrivateFile;

/** A PKCS#12 file (RFC 7292) with secret-key entries of 32 bytes each. */
final class KeyStoreFile implements LongLivedKeys {
  private static final String KEY_ENCRYPTION_KEY = "key-encryption-key";
  private static final String SECOND_RECEIPT = "signer-receipt-ml-dsa-65";
  private static final String SECOND_CHECKPOINT = "signer-checkpoint-ml-dsa-65";

  private final KeyStore store;
  private final char[] password;
  private final SecureRandom random;

  private KeyStoreFile(KeyStore store, char[] password, SecureRandom random) {
    this.store = store;
    this.password = password;
    this.random = random;
  }

  static KeyStoreFile openOrMake(Path file, char[] password, SecureRandom random) {
    try {
      if (!Files.exists(file)) {
        PrivateFile.create(file, made(password, random));
      }
      KeyStore store = pkcs12();
      store.load(new ByteArrayInputStream(PrivateFile.read(file)), password);
      return new KeyStoreFile(store, password.clone(), random);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the key file does not open: is TALLYSTICK_KEYS_PASSWORD the one it was made with?", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform does not read PKCS#12", e);
    }
  }

  @Override
  public SealingKey keyEncryptionKey() {
    return new SecretSealingKey(read(KEY_ENCRYPTION_KEY), random);
  }

  @Override
  public Secret secret(LongLivedSecret name) {
    return read(name.entry());
  }

  @Override
  public Signer signer(KeyUse use) {
    try (Secret scalar = read(signerName(use))) {
      return SigningKey.ofScalar(scalar.reveal());
    }
  }

  /** Empty where the file is from before format 1. */
  @Override
  public Optional<MessageSigner> secondReceiptSigner() {
    return second(SECOND_RECEIPT);
  }

  @Override
  public Optional<MessageSigner> secondCheckpointSigner() {
    return second(SECOND_CHECKPOINT);
  }

  private Optional<MessageSigner> second(String entry) {
    try {
      if (!store.containsAlias(entry)) {
        return Optional.empty();
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key file is not open", e);
    }
    try (Secret seed = read(entry)) {
      return Optional.of(MlDsaSigningKey.ofSeed(seed.reveal()));
    }
  }

  @Override
  public byte[] checkValue() {
    try (Secret key = read(KEY_ENCRYPTION_KEY)) {
      return HmacSha256.of(
          key.reveal(), "tallystick/key-check/v1".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public boolean answers() {
    return true;
  }

  private Secret read(String name) {
    try {
      Key key = store.getKey(name, password);
      if (key == null
          || key.getEncoded() == null
          || key.getEncoded().length != LongLivedSecret.LENGTH) {
        throw new IllegalStateException("the key file has no key " + name);
      }
      return Secret.adopt(key.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key file does not give out " + name, e);
    }
  }

  private static String signerName(KeyUse use) {
    return "signer-" + use.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The platform's own reader, by name: others keep no secret keys in PKCS#12. Inside it asks for
   * the password's form from whichever provider comes first.
   *
   * @throws IllegalStateException if that one has another form, under which nothing would open
   */
  private static KeyStore pkcs12() throws GeneralSecurityException {
    byte[] form =
        SecretKeyFactory.getInstance("PBE")
            .generateSecret(new PBEKeySpec(new char[] {'a'}))
            .getEncoded();
    if (!Arrays.equals(form, new byte[] {'a'})) {
      throw new IllegalStateException(
          "a security provider that is installed before SunJCE reads PKCS#12 passwords in another"
              + " form: install it after SunJCE, or keep the keys in a PKCS#11 token");
    }
    return KeyStore.getInstance("PKCS12", "SUN");
  }

  private static byte[] made(char[] password, SecureRandom random)
      throws IOException, GeneralSecurityException {
    KeyStore store = pkcs12();
    store.load(null, password);
    addFresh(store, KEY_ENCRYPTION_KEY, password, random);
    for (LongLivedSecret name : LongLivedSecret.values()) {
      addFresh(store, name.entry(), password, random);
    }
    for (KeyUse use : KeyUse.values()) {
      try (SigningKey fresh = SigningKey.generate(random);
          Secret scalar = Secret.adopt(fresh.scalar())) {
        add(store, signerName(use), scalar.reveal(), password);
      }
    }
    addFresh(store, SECOND_RECEIPT, password, random);
    addFresh(store, SECOND_CHECKPOINT, password, random);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, password);
    return bytes.toByteArray();
  }

  private static void addFresh(KeyStore store, String name, char[] password, SecureRandom random)
      throws GeneralSecurityException {
    try (Secret fresh = Secret.random(random, LongLivedSecret.LENGTH)) {
      add(store, name, fresh.reveal(), password);
    }
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
