package org.tallystick.format;

import java.util.Arrays;
import java.util.Optional;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.crypto.AesGcm;
import org.tallystick.crypto.HmacSha256;
import org.tallystick.crypto.Secret;

/**
 * Seals with an IV that follows from what is sealed, so that no snapshot, restored file or second
 * writer ever repeats an IV for another plaintext.
 *
 * <p>Source: docs/PROTOCOL.md sections 5, 8, R and N; RFC 9052 section 5.2.
 *
 * @param key of AES-256-GCM, 32 bytes
 * @param ivKey of the synthetic IV, 32 bytes
 */
public record Sealed(Secret key, Secret ivKey) implements AutoCloseable {
  /**
   * Seals a plaintext; returns the encoded COSE_Encrypt0.
   *
   * @param headers protected ones beside algorithm and IV
   */
  public byte[] seal(Cbor.Map headers, byte[] externalAad, byte[] plaintext) {
    byte[] iv = syntheticIv(ivKey, externalAad, plaintext);
    return CoseEncrypt0.seal(key.reveal(), iv, headers, externalAad, plaintext);
  }

  /** Opens: tag, then the IV recomputed; empty where either does not hold. */
  public Optional<byte[]> open(CoseEncrypt0 message, byte[] externalAad) {
    return message
        .open(key.reveal(), externalAad)
        .filter(plain -> Arrays.equals(syntheticIv(ivKey, externalAad, plain), message.iv()));
  }

  /**
   * Seals what the bank says to a device: padded to one length, under no header of its own.
   *
   * @param length of the plaintext, bytes
   */
  public byte[] sealPadded(byte[] externalAad, byte[] content, int length) {
    return seal(Cbor.map().build(), externalAad, Padding.pad(content, length));
  }

  /**
   * Opens what {@link #sealPadded} made; empty where tag or IV do not hold.
   *
   * @throws MalformedInputException if header, length or padding have any other form
   */
  public Optional<byte[]> openPadded(byte[] message, byte[] externalAad, int length) {
    CoseEncrypt0 parsed = CoseEncrypt0.decode(message);
    MapReader headers = MapReader.of(parsed.headers());
    headers.integer(1, 3, 3);
    headers.bytes(5, AesGcm.IV_LENGTH);
    headers.end();
    return open(parsed, externalAad).map(plaintext -> Padding.content(plaintext, length));
  }

  /** First 12 bytes of HMAC over AAD and plaintext. */
  public static byte[] syntheticIv(Secret ivKey, byte[] externalAad, byte[] plaintext) {
    byte[] input = Cbor.array(Cbor.of(externalAad), Cbor.of(plaintext)).encode();
    return Arrays.copyOf(HmacSha256.of(ivKey.reveal(), input), AesGcm.IV_LENGTH);
  }

  @Override
  public void close() {
    key.close();
    ivKey.close();
  }

  @Override
  public String toString() {
    return "Sealed[...]";
  }
}
