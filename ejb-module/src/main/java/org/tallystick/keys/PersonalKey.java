package org.tallystick.keys;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;
import org.tallystick.crypto.AesGcm;
import org.tallystick.crypto.Secret;

/**
 * Seals personal data with AES-256-GCM; form: form byte 2, IV (12), ciphertext, tag (16).
 *
 * <p>IVs are random, so one key is good for 2^32 seals. The vault's key seals one key for each
 * party, and that one what is known of the party: where it is destroyed, nothing of that opens any
 * more.
 */
public final class PersonalKey {
  private static final byte FORM = 2;
  private static final int HEADER_LENGTH = 1 + AesGcm.IV_LENGTH;
  private static final int KEY_LENGTH = 32;

  /** Gives the bytes for one use; whoever took them wipes them. */
  private final Supplier<Secret> key;

  private final SecureRandom random;

  PersonalKey(Secret key, SecureRandom random) {
    this(() -> Secret.copyOf(key.reveal()), random);
  }

  private PersonalKey(Supplier<Secret> key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /** Draws a key for {@link #under}: 32 random bytes, sealed under this one. */
  public byte[] draw(String context) {
    try (Secret drawn = Secret.random(random, KEY_LENGTH)) {
      return seal(drawn.reveal(), context);
    }
  }

  /** The key that {@link #draw} made; it is opened for each use and wiped after. */
  public PersonalKey under(byte[] drawn, String context) {
    return new PersonalKey(() -> Secret.adopt(open(drawn, context)), random);
  }

  /** Seals; {@code context} says what it is and whose. */
  public byte[] seal(byte[] plaintext, String context) {
    byte[] iv = new byte[AesGcm.IV_LENGTH];
    random.nextBytes(iv);
    byte[] sealed;
    try (Secret bytes = key.get()) {
      sealed = AesGcm.seal(bytes.reveal(), iv, aad(context), plaintext);
    }
    byte[] blob = new byte[HEADER_LENGTH + sealed.length];
    blob[0] = FORM;
    System.arraycopy(iv, 0, blob, 1, iv.length);
    System.arraycopy(sealed, 0, blob, HEADER_LENGTH, sealed.length);
    return blob;
  }

  /** Seals a text. */
  public byte[] sealText(String text, String context) {
    return seal(text.getBytes(StandardCharsets.UTF_8), context);
  }

  /**
   * Opens.
   *
   * @throws SealBrokenException if the bytes or the context are not those that were sealed
   */
  public byte[] open(byte[] blob, String context) {
    if (blob.length < HEADER_LENGTH || blob[0] != FORM) {
      throw new SealBrokenException(context);
    }
    byte[] iv = Arrays.copyOfRange(blob, 1, HEADER_LENGTH);
    byte[] sealed = Arrays.copyOfRange(blob, HEADER_LENGTH, blob.length);
    try (Secret bytes = key.get()) {
      return AesGcm.open(bytes.reveal(), iv, aad(context), sealed)
          .orElseThrow(() -> new SealBrokenException(context));
    }
  }

  /** Opens a text. */
  public String openText(byte[] blob, String context) {
    return new String(open(blob, context), StandardCharsets.UTF_8);
  }

  private static byte[] aad(String context) {
    return ("tallystick/personal/v1\0" + context).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "PersonalKey";
  }
}
