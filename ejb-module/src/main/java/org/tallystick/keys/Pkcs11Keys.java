package org.tallystick.keys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.tallystick.crypto.HmacSha256;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.Signer;
import org.tallystick.node.PrivateFile;

/**
 * Long-lived keys of a token: those that sign and the one that encrypts keys never leave it. The
 * others are used many times for each payment, so they lie sealed in the key folder and are opened
 * at start.
 */
final class Pkcs11Keys implements LongLivedKeys {
  private final Pkcs11Token token;
  private final SealingKey keyEncryptionKey;
  private final Map<LongLivedSecret, Secret> secrets = new EnumMap<>(LongLivedSecret.class);

  /**
   * Opens the secrets in the folder.
   *
   * @param make whether one that is not there may be made
   * @throws IllegalStateException if one is not there, or was sealed under another token's key
   */
  Pkcs11Keys(Pkcs11Token token, Path folder, boolean make, SecureRandom random) {
    this.token = token;
    this.keyEncryptionKey = new TokenSealingKey(token, random);
    for (LongLivedSecret name : LongLivedSecret.values()) {
      Path file = folder.resolve("secrets").resolve(name.entry() + ".key");
      if (make && !Files.exists(file)) {
        try (Secret fresh = Secret.random(random, LongLivedSecret.LENGTH)) {
          // where another node was quicker, its key stays
          PrivateFile.create(file, keyEncryptionKey.seal(fresh.reveal(), aad(name)));
        }
      }
      secrets.put(name, opened(file, name));
    }
  }

  @Override
  public SealingKey keyEncryptionKey() {
    return keyEncryptionKey;
  }

  @Override
  public Secret secret(LongLivedSecret name) {
    Secret secret = secrets.get(name);
    if (secret == null) {
      throw new IllegalStateException("no secret " + name);
    }
    return secret;
  }

  @Override
  public Signer signer(KeyUse use) {
    return new TokenSigner(token, use);
  }

  /** None: PKCS#11 has ML-DSA from version 3.2 on, and the tokens in use do not. */
  @Override
  public Optional<MessageSigner> secondReceiptSigner() {
    return Optional.empty();
  }

  /** None, as for receipts. */
  @Override
  public Optional<MessageSigner> secondCheckpointSigner() {
    return Optional.empty();
  }

  /**
   * {@inheritDoc}
   *
   * <p>It follows from the sealed keys too: a node with the right token and the wrong folder would
   * write what the others cannot open.
   */
  @Override
  public byte[] checkValue() {
    byte[] value = token.keys().check();
    for (LongLivedSecret name : LongLivedSecret.values()) {
      value = Sha256.of(value, HmacSha256.of(secret(name).reveal(), aad(name)));
    }
    return value;
  }

  @Override
  public boolean answers() {
    return token.answers();
  }

  private Secret opened(Path file, LongLivedSecret name) {
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          "the key folder has no secrets/"
              + file.getFileName()
              + ": name the folder that belongs to the PKCS#11 token with TALLYSTICK_KEYS, or set"
              + " TALLYSTICK_PKCS11_GENERATE=true for the first start");
    }
    byte[] key =
        keyEncryptionKey
            .open(PrivateFile.read(file), aad(name))
            .filter(bytes -> bytes.length == LongLivedSecret.LENGTH)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "secrets/"
                            + file.getFileName()
                            + " does not open under this PKCS#11 token's key-encryption key"));
    return Secret.adopt(key);
  }

  private static byte[] aad(LongLivedSecret name) {
    return ("tallystick/long-lived-key/v1\0" + name.entry()).getBytes(StandardCharsets.UTF_8);
  }
}
