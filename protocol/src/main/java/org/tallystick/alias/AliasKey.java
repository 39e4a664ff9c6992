package org.tallystick.alias;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.tallystick.crypto.AesBlock;
import org.tallystick.crypto.Secret;

/**
 * Makes and opens one-time aliases. An alias names a device to the bank alone; two aliases of one
 * device have nothing in common for anybody else.
 *
 * <p>Shape: key id (1 byte), then one AES-256 block over device index (8 bytes, big endian) and 8
 * random bytes. Source: docs/PROTOCOL.md section 5; TSE-03.
 */
public final class AliasKey implements AutoCloseable {
  /** Bytes of an alias. */
  public static final int LENGTH = 17;

  private final int keyId;
  private final Secret key;

  /**
   * @param keyId 0 to 255
   * @param key 32 bytes
   */
  public AliasKey(int keyId, Secret key) {
    if (keyId < 0 || keyId > 255) {
      throw new IllegalArgumentException("alias key id outside one byte");
    }
    this.keyId = keyId;
    this.key = key;
  }

  /** A fresh alias of a device. */
  public byte[] alias(long deviceIndex, SecureRandom random) {
    byte[] nonce = new byte[8];
    random.nextBytes(nonce);
    byte[] block = ByteBuffer.allocate(16).putLong(deviceIndex).put(nonce).array();
    byte[] sealed = AesBlock.encrypt(key.reveal(), block);
    return ByteBuffer.allocate(LENGTH).put((byte) keyId).put(sealed).array();
  }

  /** Device index that an alias stands for; whether such a device exists is not known here. */
  public Optional<Long> deviceIndex(byte[] alias) {
    if (alias.length != LENGTH || (alias[0] & 0xff) != keyId) {
      return Optional.empty();
    }
    byte[] block = AesBlock.decrypt(key.reveal(), Arrays.copyOfRange(alias, 1, LENGTH));
    return Optional.of(ByteBuffer.wrap(block).getLong());
  }

  @Override
  public void close() {
    key.close();
  }
}
