package org.tallystick.vectors;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.tallystick.crypto.AesGcm;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.Hkdf;

/**
 * The sender of one HPKE mode_psk message with a given ephemeral key, written out from RFC 9180 so
 * that each value between can be published. What it seals the library's recipient opens.
 *
 * @param sharedSecret of the KEM, 4.1
 * @param keyScheduleContext 5.1
 */
record FixedHpke(
    byte[] enc,
    byte[] dh,
    byte[] sharedSecret,
    byte[] keyScheduleContext,
    byte[] secret,
    byte[] key,
    byte[] baseNonce,
    byte[] exporterSecret,
    byte[] ciphertext,
    byte[] exported) {
  private static final byte[] KEM = {'K', 'E', 'M', 0, 0x10};
  private static final byte[] HPKE = {'H', 'P', 'K', 'E', 0, 0x10, 0, 1, 0, 2};
  private static final byte[] NONE = {};

  static FixedHpke seal(
      EcdhKey ephemeral,
      byte[] recipient,
      byte[] info,
      byte[] psk,
      byte[] pskId,
      byte[] plaintext,
      byte[] exporterContext) {
    byte[] enc = ephemeral.publicPoint();
    byte[] dh = ephemeral.agree(recipient);
    byte[] prk = extract(KEM, NONE, "eae_prk", dh);
    byte[] shared = expand(KEM, prk, "shared_secret", join(enc, recipient), 32);
    byte[] context =
        join(
            new byte[] {1},
            extract(HPKE, NONE, "psk_id_hash", pskId),
            extract(HPKE, NONE, "info_hash", info));
    byte[] secret = extract(HPKE, shared, "secret", psk);
    byte[] key = expand(HPKE, secret, "key", context, 32);
    byte[] nonce = expand(HPKE, secret, "base_nonce", context, 12);
    byte[] exporter = expand(HPKE, secret, "exp", context, 32);
    return new FixedHpke(
        enc,
        dh,
        shared,
        context,
        secret,
        key,
        nonce,
        exporter,
        AesGcm.seal(key, nonce, NONE, plaintext),
        expand(HPKE, exporter, "sec", exporterContext, 32));
  }

  private static byte[] extract(byte[] suite, byte[] salt, String label, byte[] ikm) {
    return Hkdf.extract(salt, join(ascii("HPKE-v1"), suite, ascii(label), ikm));
  }

  private static byte[] expand(byte[] suite, byte[] prk, String label, byte[] info, int length) {
    byte[] size = {0, (byte) length};
    return Hkdf.expand(prk, join(size, ascii("HPKE-v1"), suite, ascii(label), info), length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
