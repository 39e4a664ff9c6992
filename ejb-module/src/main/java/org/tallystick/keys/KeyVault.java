package org.tallystick.keys;

import java.util.List;
import java.util.Optional;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.Signer;

/**
 * The port to whatever holds the node's keys: a PKCS#12 file or a PKCS#11 token.
 *
 * <p>Sequencer state, skipped keys and reply roots are sealed under the key of the day they were
 * written. Day keys live beside the database, never in it: destroying one erases what was sealed
 * under it, whatever copies of the database there are.
 */
public interface KeyVault {
  /**
   * Seals under today's key.
   *
   * @param context says what is sealed and whose it is; opening needs the same words
   * @return 33 bytes longer than the plaintext: form (1), key id (4), IV (12), ciphertext, tag (16)
   */
  byte[] wrap(byte[] plaintext, String context);

  /**
   * Opens what {@link #wrap} sealed.
   *
   * @throws KeyGoneException if the day's key has been destroyed
   * @throws SealBrokenException if the bytes or the context are not those that were sealed
   */
  byte[] unwrap(byte[] wrapped, String context);

  /** The id of the key that {@link #wrap} uses now. */
  int dayKeyId();

  /** The id of the day key that sealed these bytes. */
  int dayKeyIdOf(byte[] wrapped);

  /**
   * Destroys a day's key for good, on every node that shares the key folder.
   *
   * @throws IllegalArgumentException for today's key or a later one, which are still needed
   */
  void destroyDayKey(int id);

  /** The long-lived key that personal data in the database is sealed under. */
  PersonalKey personalKey();

  /** The consortium's signing key for a use. */
  Signer signer(KeyUse use);

  /**
   * The key that signs receipts a second time, by ML-DSA-65; empty where this vault cannot hold
   * one: then no device gets suite 2.
   */
  Optional<MessageSigner> secondReceiptSigner();

  /**
   * The key that signs checkpoints a second time, by ML-DSA-65; there exactly where {@link
   * #secondReceiptSigner} is.
   */
  Optional<MessageSigner> secondCheckpointSigner();

  /** 32 bytes: the AES key of clear account aliases. */
  byte[] aliasKey();

  /** Which alias key {@link #aliasKey} is; it is written into each alias. */
  int aliasKeyId();

  /** 32 bytes: the HMAC key of look-up hashes, as of card numbers. */
  byte[] searchKey();

  /** 32 bytes: the HMAC key of stateless tokens. */
  byte[] tokenKey();

  /**
   * 32 bytes that follow from the key-encryption key and do not reveal it: two nodes with the same
   * value hold the same key.
   */
  byte[] checkValue();

  /**
   * How often the bank has lost acknowledged commits and said so; an administrator raises it,
   * beside the keys and so outside the database. Codes of devices that have not rekeyed since move
   * no money.
   *
   * @throws IllegalStateException if what is there is not a number
   */
  long recoveryEpoch();

  /**
   * Notes beside the keys, and so outside the database, that a party was erased: a database that is
   * restored from before forgets it, the key folder does not. Noting it again changes nothing.
   *
   * @param registration 16 bytes
   */
  void bury(byte[] registration);

  /** The registrations that were erased, 16 bytes each. */
  List<byte[]> buried();

  /** Whether the keys can be used now; what holds them is asked, and answers in bounded time. */
  boolean answers();
}
