package org.tallystick.enrolment;

import java.nio.ByteBuffer;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.HmacSha256;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Suite;
import org.tallystick.sequencer.EpochSecrets;

/**
 * What both sides derive from one enrolment's exchange.
 *
 * <p>Source: docs/PROTOCOL.md section 3, E4 and E5.
 */
public final class EnrolmentSecrets implements AutoCloseable {
  /** HPKE exporter context. */
  public static final byte[] EXPORTER =
      "tallystick enrolment".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final Secret prk;
  private final byte[] transcript;
  private final Suite chosen;

  private EnrolmentSecrets(Secret prk, byte[] transcript, Suite chosen) {
    this.prk = prk;
    this.transcript = transcript;
    this.chosen = chosen;
  }

  /** P = extract(H(message1) ‖ bank nonce, S). */
  public static EnrolmentSecrets derive(
      Secret exported, byte[] message1, byte[] bankNonce, Suite chosen) {
    byte[] transcript = ByteBuffer.allocate(64).put(Sha256.of(message1)).put(bankNonce).array();
    return new EnrolmentSecrets(
        Secret.adopt(Hkdf.extract(transcript, exported.reveal())), transcript, chosen);
  }

  /** H(message1) ‖ bank nonce, 64 bytes: AAD of the reply. */
  public byte[] transcript() {
    return transcript.clone();
  }

  /** chain(n0). */
  public Secret string1() {
    return out("string1", 32);
  }

  /** Salt of every P(n). */
  public Secret string2() {
    return out("string2", 32);
  }

  /** n0, 48 bits. */
  public long first() {
    byte[] six = bytes("first", 6);
    return ByteBuffer.allocate(8).putShort((short) 0).put(six).rewind().getLong();
  }

  /** root(0), for the rekey. */
  public Secret root() {
    return out("root", 32);
  }

  /** What epoch 0 begins with; the caller closes it. */
  public EpochSecrets epoch() {
    return new EpochSecrets(first(), string1(), string2(), root(), down());
  }

  /** down(0, 1), start of the chain of the bank's notices. */
  public Secret down() {
    return out("down", 32);
  }

  /** Suite of the exchange. */
  public Suite suite() {
    return chosen;
  }

  /** MAC by which the bank confirms. */
  public byte[] bankConfirmation() {
    try (Secret key = out("bank confirm", 32)) {
      return HmacSha256.of(key.reveal(), transcript);
    }
  }

  /** MAC by which the device confirms. */
  public byte[] deviceConfirmation(byte[] message1, byte[] message2) {
    try (Secret key = out("device confirm", 32)) {
      return HmacSha256.of(key.reveal(), Sha256.of(message1), Sha256.of(message2));
    }
  }

  Secret replyKey() {
    return out("reply key", 32);
  }

  byte[] replyIv() {
    return bytes("reply iv", 12);
  }

  private Secret out(String label, int length) {
    return Secret.adopt(bytes(label, length));
  }

  private byte[] bytes(String label, int length) {
    byte[] info = Cbor.array(Cbor.of(label), chosen.toCbor()).encode();
    return Hkdf.expand(prk.reveal(), info, length);
  }

  @Override
  public void close() {
    prk.close();
  }
}
