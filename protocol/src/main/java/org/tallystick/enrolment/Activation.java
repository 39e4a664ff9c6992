package org.tallystick.enrolment;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.Crockford32;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;

/**
 * What a party types or scans to bind a device: enrolment id, activation code, fingerprint of the
 * bank's key for this one activation.
 *
 * <p>Source: docs/PROTOCOL.md section 3.
 *
 * @param enrolmentId 16 bytes
 * @param code 16 bytes, secret
 * @param fingerprint first 16 bytes of the hash of the bank's public keys
 */
public record Activation(byte[] enrolmentId, Secret code, byte[] fingerprint) {
  /** 78 Crockford symbols with a check symbol. */
  public String text() {
    byte[] all =
        ByteBuffer.allocate(48).put(enrolmentId).put(code.reveal()).put(fingerprint).array();
    return Crockford32.encodeWithCheck(all);
  }

  /** Inverse of {@link #text}; hyphens and lower case are fine. */
  public static Activation parse(String text) {
    byte[] all = Crockford32.decodeWithCheck(text, 48);
    return new Activation(
        Arrays.copyOf(all, 16),
        Secret.adopt(Arrays.copyOfRange(all, 16, 32)),
        Arrays.copyOfRange(all, 32, 48));
  }

  /** Fingerprint of an HPKE public key, 65 bytes uncompressed, and an ML-KEM one or nothing. */
  public static byte[] fingerprint(byte[] hpkePoint, byte @Nullable [] encapsulationKey) {
    byte[] second = encapsulationKey == null ? new byte[0] : encapsulationKey;
    return Arrays.copyOf(Sha256.of(hpkePoint, second), 16);
  }

  /** Pre-shared key of the HPKE exchange in suite CLASSIC, 32 bytes. */
  public static Secret psk(byte[] enrolmentId, Secret code) {
    byte[] prk = Hkdf.extract(new byte[0], code.reveal());
    byte[] info = Cbor.array(Cbor.of("tallystick psk"), Cbor.of(enrolmentId)).encode();
    return Secret.adopt(Hkdf.expand(prk, info, 32));
  }

  /**
   * Pre-shared key of the HPKE exchange in suite HYBRID, 32 bytes.
   *
   * @param shared secret of ML-KEM
   * @param encapsulationKey of the bank
   * @param ciphertext that carries the secret
   */
  public static Secret psk(
      byte[] enrolmentId, Secret code, Secret shared, byte[] encapsulationKey, byte[] ciphertext) {
    byte[] prk = Hkdf.extract(shared.reveal(), code.reveal());
    byte[] info =
        Cbor.array(
                Cbor.of("tallystick psk 2"),
                Cbor.of(enrolmentId),
                Cbor.of(Sha256.of(encapsulationKey)),
                Cbor.of(Sha256.of(ciphertext)))
            .encode();
    return Secret.adopt(Hkdf.expand(prk, info, 32));
  }

  @Override
  public String toString() {
    return "Activation[...]";
  }
}
