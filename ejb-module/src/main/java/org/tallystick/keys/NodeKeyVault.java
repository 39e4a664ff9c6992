package org.tallystick.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.crypto.AesGcm;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Signer;

/**
 * What every vault does alike: day keys in a folder, sealed under the key-encryption key, and
 * sealing under them.
 */
abstract class NodeKeyVault implements KeyVault {
  private static final byte FORM = 1;
  private static final int ID_LENGTH = 4;
  private static final int HEADER_LENGTH = 1 + ID_LENGTH + AesGcm.IV_LENGTH;
  private static final int ALIAS_KEY_ID = 1;

  private final LongLivedKeys keys;
  private final Secret alias;
  private final Secret search;
  private final Secret token;
  private final PersonalKey personal;
  private final Map<KeyUse, Signer> signers = new EnumMap<>(KeyUse.class);
  private final Optional<MessageSigner> secondReceipt;
  private final Optional<MessageSigner> secondCheckpoint;
  private final DayKeys days;
  private final RecoveryEpochFile recovery;
  private final ErasedParties erased;
  private final SecureRandom random;

  NodeKeyVault(LongLivedKeys keys, Path folder, Clock clock, SecureRandom random) {
    this.keys = keys;
    this.random = random;
    this.alias = keys.secret(LongLivedSecret.ALIAS);
    this.search = keys.secret(LongLivedSecret.SEARCH);
    this.token = keys.secret(LongLivedSecret.TOKEN);
    this.personal = new PersonalKey(keys.secret(LongLivedSecret.PERSONAL), random);
    for (KeyUse use : KeyUse.values()) {
      signers.put(use, keys.signer(use));
    }
    this.secondReceipt = keys.secondReceiptSigner();
    this.secondCheckpoint = keys.secondCheckpointSigner();
    this.recovery = new RecoveryEpochFile(folder.resolve("recovery-epoch"));
    this.erased = new ErasedParties(folder.resolve("erased"));
    this.days = new DayKeys(folder.resolve("days"), keys.keyEncryptionKey(), clock, random);
  }

  @Override
  public final byte[] wrap(byte[] plaintext, String context) {
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
  public final byte[] unwrap(byte[] wrapped, String context) {
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
  public final int dayKeyId() {
    return days.today();
  }

  @Override
  public final int dayKeyIdOf(byte[] wrapped) {
    if (wrapped.length < HEADER_LENGTH || wrapped[0] != FORM) {
      throw new SealBrokenException("not sealed under a day key");
    }
    return ByteBuffer.wrap(wrapped, 1, ID_LENGTH).getInt();
  }

  @Override
  public final void destroyDayKey(int id) {
    days.destroy(id);
  }

  @Override
  public final PersonalKey personalKey() {
    return personal;
  }

  @Override
  public final Signer signer(KeyUse use) {
    Signer signer = signers.get(use);
    if (signer == null) {
      throw new IllegalStateException("no signing key for " + use);
    }
    return signer;
  }

  @Override
  public final Optional<MessageSigner> secondReceiptSigner() {
    return secondReceipt;
  }

  @Override
  public final Optional<MessageSigner> secondCheckpointSigner() {
    return secondCheckpoint;
  }

  @Override
  public final byte[] aliasKey() {
    return alias.reveal().clone();
  }

  @Override
  public final int aliasKeyId() {
    return ALIAS_KEY_ID;
  }

  @Override
  public final byte[] searchKey() {
    return search.reveal().clone();
  }

  @Override
  public final byte[] tokenKey() {
    return token.reveal().clone();
  }

  @Override
  public final long recoveryEpoch() {
    return recovery.read();
  }

  @Override
  public final void bury(byte[] registration) {
    erased.add(registration);
  }

  @Override
  public final List<byte[]> buried() {
    return erased.all();
  }

  @Override
  public final byte[] checkValue() {
    return keys.checkValue();
  }

  @Override
  public final boolean answers() {
    return keys.answers();
  }

  private static byte[] aad(int id, String context) {
    return ("tallystick/day/v1\0" + id + "\0" + context).getBytes(StandardCharsets.UTF_8);
  }
}
