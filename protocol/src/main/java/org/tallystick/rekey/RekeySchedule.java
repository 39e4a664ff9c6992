package org.tallystick.rekey;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Suite;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;

/**
 * What a fresh epoch begins with: P' = extract(root(e), z). Who copied the old state knows root(e)
 * and not z; who sees or breaks the key agreement alone knows z and not root(e).
 *
 * <p>Source: docs/PROTOCOL.md section R.2; RFC 5869.
 *
 * @param suite of the device
 * @param deviceId 16 bytes
 * @param epoch the fresh one
 * @param requestHash T, 32 bytes
 * @param bankKey the bank's ephemeral key, P-256 compressed, 33 bytes
 * @param ciphertext ML-KEM-768, 1,088 bytes, in suite 2; else null
 */
record RekeySchedule(
    Suite suite,
    byte[] deviceId,
    long epoch,
    byte[] requestHash,
    byte[] bankKey,
    byte @Nullable [] ciphertext) {
  /**
   * Derives the epoch's secrets.
   *
   * @param agreed x coordinate of the shared point, 32 bytes
   * @param encapsulated the ML-KEM secret, 32 bytes, in suite 2; else null
   */
  EpochSecrets derive(EpochRoot root, Secret agreed, @Nullable Secret encapsulated) {
    byte[] second = encapsulated == null ? new byte[0] : encapsulated.reveal();
    ByteBuffer z = ByteBuffer.allocate(agreed.length() + second.length);
    z.put(agreed.reveal()).put(second);
    try (Secret input = Secret.adopt(z.array());
        Secret prk = Secret.adopt(Hkdf.extract(root.root().reveal(), input.reveal()))) {
      byte[] transcript = Sha256.of(bankKey, ciphertext == null ? new byte[0] : ciphertext);
      byte[] six = out(prk, "first", 6, transcript);
      return new EpochSecrets(
          ByteBuffer.allocate(8).putShort((short) 0).put(six).rewind().getLong(),
          Secret.adopt(out(prk, "string1", 32, transcript)),
          Secret.adopt(out(prk, "string2", 32, transcript)),
          Secret.adopt(out(prk, "root", 32, transcript)),
          Secret.adopt(out(prk, "down", 32, transcript)));
    }
  }

  private byte[] out(Secret prk, String label, int length, byte[] transcript) {
    byte[] info =
        Cbor.array(
                Cbor.of(label),
                suite.toCbor(),
                Cbor.of(deviceId),
                Cbor.of(epoch),
                Cbor.of(requestHash),
                Cbor.of(transcript))
            .encode();
    return Hkdf.expand(prk.reveal(), info, length);
  }
}
