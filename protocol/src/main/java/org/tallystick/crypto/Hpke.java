package org.tallystick.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.tallystick.codec.MalformedInputException;

/**
 * One message under HPKE in mode_psk, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM: it is
 * read only by the recipient's key together with the pre-shared key, and shows that its sender
 * holds the latter.
 *
 * <p>Each side also exports a secret that both share. Ephemeral keys come from Bouncy Castle's
 * default secure random source.
 *
 * <p>Source: RFC 9180, 5.1.2, 5.2 and 5.3.
 */
public final class Hpke {
  private static final int MIN_PSK_LENGTH = 32;

  private Hpke() {}

  /** What the sender gets: 65 byte encapsulated key, ciphertext with tag, exported secret. */
  @SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
  public record Sealed(byte[] enc, byte[] ciphertext, Secret exported) {}

  /** What the recipient gets: plaintext and exported secret. */
  @SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
  public record Opened(byte[] plaintext, Secret exported) {}

  /**
   * Seals one message.
   *
   * @throws MalformedInputException if the recipient's 65 bytes are not a point on the curve
   * @throws IllegalArgumentException if the pre-shared key is shorter than 32 bytes or its
   *     identifier is empty
   */
  public static Sealed sealPsk(
      byte[] recipientPoint65,
      byte[] info,
      byte[] psk,
      byte[] pskId,
      byte[] aad,
      byte[] plaintext,
      byte[] exporterContext,
      int exportLength) {
    requirePsk(psk, pskId);
    P256.uncompressedPoint(recipientPoint65);
    HPKE hpke = suite(HPKE.aead_AES_GCM256);
    HPKEContextWithEncapsulation context =
        hpke.SetupPSKS(hpke.deserializePublicKey(recipientPoint65), info, psk, pskId);
    byte[] ciphertext;
    try {
      ciphertext = context.seal(aad, plaintext);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("HPKE seal failed", e);
    }
    Secret exported = Secret.adopt(context.export(exporterContext, exportLength));
    return new Sealed(context.getEncapsulation(), ciphertext, exported);
  }

  /**
   * Opens one message; empty if anything from the sender does not fit: encapsulated key, pre-shared
   * key, info, additional data or ciphertext.
   *
   * @throws IllegalArgumentException if the pre-shared key is shorter than 32 bytes or its
   *     identifier is empty
   */
  public static Optional<Opened> openPsk(
      byte[] enc65,
      EcdhKey recipient,
      byte[] info,
      byte[] psk,
      byte[] pskId,
      byte[] aad,
      byte[] ciphertext,
      byte[] exporterContext,
      int exportLength) {
    Optional<HPKEContext> opening =
        recipientContext(HPKE.aead_AES_GCM256, enc65, recipient, info, psk, pskId);
    if (opening.isEmpty()) {
      return Optional.empty();
    }
    HPKEContext context = opening.get();
    byte[] plaintext;
    try {
      plaintext = context.open(aad, ciphertext);
    } catch (InvalidCipherTextException e) {
      return Optional.empty();
    }
    Secret exported = Secret.adopt(context.export(exporterContext, exportLength));
    return Optional.of(new Opened(plaintext, exported));
  }

  /**
   * The receiving key schedule; the AEAD is a parameter because RFC 9180 has no vector for ours.
   */
  static Optional<HPKEContext> recipientContext(
      short aeadId, byte[] enc65, EcdhKey recipient, byte[] info, byte[] psk, byte[] pskId) {
    requirePsk(psk, pskId);
    try {
      P256.uncompressedPoint(enc65);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
    HPKE hpke = suite(aeadId);
    byte[] scalar = recipient.scalar();
    try {
      AsymmetricCipherKeyPair pair = hpke.deserializePrivateKey(scalar, recipient.publicPoint());
      return Optional.of(hpke.setupPSKR(enc65, pair, info, psk, pskId));
    } finally {
      Arrays.fill(scalar, (byte) 0);
    }
  }

  private static HPKE suite(short aeadId) {
    return new HPKE(HPKE.mode_psk, HPKE.kem_P256_SHA256, HPKE.kdf_HKDF_SHA256, aeadId);
  }

  private static void requirePsk(byte[] psk, byte[] pskId) {
    if (psk.length < MIN_PSK_LENGTH || pskId.length == 0) {
      throw new IllegalArgumentException("pre-shared key of " + psk.length + " bytes, or no id");
    }
  }
}
