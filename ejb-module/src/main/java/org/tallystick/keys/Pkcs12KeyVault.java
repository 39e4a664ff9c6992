package org.tallystick.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.tallystick.crypto.AesGcm;
import org.tallystick.crypto.HmacSha256;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.SigningKey;

/**
 * A vault in a folder: the long-lived keys in {@code node.p12} under a password, the day keys
 * beside it, sealed under the first of them.
 *
 * <p>It protects data only from those who have the data without the folder and the password. A
 * password that lies beside the keys, as the zero-install default has it, protects nothing.
 */
public final class Pkcs12KeyVault implements KeyVault {
  private static final byte FORM = 1;
  private static final int ID_LENGTH = 4;
  private static final int HEADER_LENGTH = 1 + ID_LENGTH + AesGcm.IV_LENGTH;
  private static final int ALIAS_KEY_ID = 1;

  private final Secret keyEncryptionKey;
  private final Secret alias;
  private final Secret search;
  private final Secret token;
  private final PersonalKey personal;
  private final Map<KeyUse, SigningKey> signers = new EnumMap<>(KeyUse.class);
  private final DayKeys days;
  private final SecureRandom random;

  private Pkcs12KeyVault(KeyStoreFile store, Path dayFolder, Clock clock, SecureRandom random) {
    this.random = random;
    this.keyEncryptionKey = store.secret("key-encryption-key");
    this.alias = store.secret("alias-" + ALIAS_KEY_ID);
    this.search = store.secret("search");
    this.token = store.secret("token");
    this.personal = new PersonalKey(store.secret("personal"), random);
    for (KeyUse use : KeyUse.values()) {
      try (Secret scalar = store.secret(KeyStoreFile.signerName(use))) {
        signers.put(use, SigningKey.ofScalar(scalar.reveal()));
      }
    }
    this.days = new DayKeys(dayFolder, keyEncryptionKey, clock, random);
  }

  /**
   * Opens the vault in a folder; at the first start makes it there.
   *
   * @throws IllegalStateException if the password does not open it
   */
  public static Pkcs12KeyVault open(
      Path folder, char[] password, Clock clock, SecureRandom random) {
    KeyStoreFile store = KeyStoreFile.openOrMake(folder.resolve("node.p12"), password, random);
    return new Pkcs12KeyVault(store, folder.resolve("days"), clock, random);
  }

  @Override
  public byte[] wrap(byte[] plaintext, String context) {
    int id = days.today();
    Secret key = days.key(id).orElseThrow(() -> new KeyGoneException(id));
    byte[] iv = new byte[AesGcm.IV_LENGTH];
    random.nextBytes(iv);
    byte[] sealed = AesGcm.seal(key.reveal(), iv, aad(id, context), plaintext);
    return ByteBuffer.allocate(HEADER_LENGTH + sealed.length)
        .put(FORM)
        .putInt(id)
        .put(iv)
        .put(sealed)
        .array();
  }

  @Override
  public byte[] unwrap(byte[] wrapped, String context) {
    int id = dayKeyIdOf(wrapped);
    Secret key = days.key(id).orElseThrow(() -> new KeyGoneException(id));
    ByteBuffer blob = ByteBuffer.wrap(wrapped, 1 + ID_LENGTH, wrapped.length - 1 - ID_LENGTH);
    byte[] iv = new byte[AesGcm.IV_LENGTH];
    blob.get(iv);
    byte[] sealed = new byte[blob.remaining()];
    blob.get(sealed);
    return AesGcm.open(key.reveal(), iv, aad(id, context), sealed)
        .orElseThrow(() -> new SealBrokenException(context));
  }

  @Override
  public int dayKeyId() {
    return days.today();
  }

  @Override
  public int dayKeyIdOf(byte[] wrapped) {
    if (wrapped.length < HEADER_LENGTH || wrapped[0] != FORM) {
      throw new SealBrokenException("not sealed under a day key");
    }
    return ByteBuffer.wrap(wrapped, 1, ID_LENGTH).getInt();
  }

  @Override
  public void destroyDayKey(int id) {
    days.destroy(id);
  }

  @Override
  public PersonalKey personalKey() {
    return personal;
  }

  @Override
  public Signer signer(KeyUse use) {
    SigningKey signer = signers.get(use);
    if (signer == null) {
      throw new IllegalStateException("no signing key for " + use);
    }
    return signer;
  }

  @Override
  public byte[] aliasKey() {
    return alias.reveal().clone();
  }

  @Override
  public int aliasKeyId() {
    return ALIAS_KEY_ID;
  }

  @Override
  public byte[] searchKey() {
    return search.reveal().clone();
  }

  @Override
  public byte[] tokenKey() {
    return token.reveal().clone();
  }

  @Override
  public byte[] checkValue() {
    return HmacSha256.of(
        keyEncryptionKey.reveal(), "tallystick/key-check/v1".getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] aad(int id, String context) {
    return ("tallystick/day/v1\0" + id + "\0" + context).getBytes(StandardCharsets.UTF_8);
  }
}
