package org.tallystick.sequencer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Sealed;
import org.tallystick.format.Suite;

/**
 * Everything that one sequencer number yields. Who holds P(n) holds all outputs of n and the chain
 * after it, and nothing before it.
 *
 * <p>Source: docs/PROTOCOL.md section 4; RFC 5869.
 */
public final class OneTimeKeys implements AutoCloseable {
  private final Secret prk;
  private final Suite suite;
  private final byte[] deviceId;
  private final long epoch;
  private final long n;

  /** Encoded info of an output whose label is empty: only labels differ, and there are many. */
  private final byte[] unlabelled;

  private OneTimeKeys(Secret prk, Suite suite, byte[] deviceId, long epoch, long n) {
    this.prk = prk;
    this.suite = suite;
    this.deviceId = deviceId;
    this.epoch = epoch;
    this.n = n;
    this.unlabelled =
        Cbor.array(Cbor.of(""), suite.toCbor(), Cbor.of(deviceId), Cbor.of(epoch), Cbor.of(n))
            .encode();
  }

  /** P(n) = extract(string2, chain(n)). */
  public static OneTimeKeys derive(
      Secret chain, Secret string2, Suite suite, byte[] deviceId, long epoch, long n) {
    Secret prk = Secret.adopt(Hkdf.extract(string2.reveal(), chain.reveal()));
    return new OneTimeKeys(prk, suite, deviceId.clone(), epoch, n);
  }

  /** From a skipped key, P(n) itself; the secret is copied. */
  public static OneTimeKeys ofSkipped(
      Secret prk, Suite suite, byte[] deviceId, long epoch, long n) {
    return new OneTimeKeys(Secret.copyOf(prk.reveal()), suite, deviceId.clone(), epoch, n);
  }

  /** Suite of the device. */
  public Suite suite() {
    return suite;
  }

  /** Sequencer number. */
  public long n() {
    return n;
  }

  /** Epoch of the chain. */
  public long epoch() {
    return epoch;
  }

  /** Key of the code, 32 bytes. */
  public Secret key() {
    return secret("key", 32);
  }

  /** Key of the synthetic IV, 32 bytes. */
  public Secret ivKey() {
    return secret("iv", 32);
  }

  /** Seals and opens the one code of this number. */
  public Sealed seal() {
    return new Sealed(key(), ivKey());
  }

  /** Key of the PIN proof, 32 bytes. */
  public Secret pinKey() {
    return secret("pin", 32);
  }

  /** Root of the answer's keys, 32 bytes. */
  public Secret replyRoot() {
    return secret("reply", 32);
  }

  /** chain(n + 1), 32 bytes. */
  public Secret nextChain() {
    return secret("next", 32);
  }

  /** What lets the bank find n without trying keys, 8 bytes, clear in the code. */
  public byte[] hint() {
    return out("hint", 8);
  }

  /** Transaction number that belongs to n, 10 bytes. */
  public byte[] number() {
    return out("number", 10);
  }

  /** A copy of P(n), to keep as a skipped key. */
  public Secret skippedKey() {
    return Secret.copyOf(prk.reveal());
  }

  @Override
  public void close() {
    prk.close();
  }

  private Secret secret(String label, int length) {
    return Secret.adopt(out(label, length));
  }

  private byte[] out(String label, int length) {
    return Hkdf.expand(prk.reveal(), info(label), length);
  }

  /** The info with this label: the second byte is the head of a short text, its length inside. */
  private byte[] info(String label) {
    byte[] text = label.getBytes(StandardCharsets.US_ASCII);
    byte[] info = new byte[unlabelled.length + text.length];
    info[0] = unlabelled[0];
    info[1] = (byte) (unlabelled[1] + text.length);
    System.arraycopy(text, 0, info, 2, text.length);
    System.arraycopy(unlabelled, 2, info, 2 + text.length, unlabelled.length - 2);
    return info;
  }

  @Override
  public String toString() {
    return "OneTimeKeys[epoch="
        + epoch
        + ", n="
        + n
        + ", device="
        + Arrays.hashCode(deviceId)
        + "]";
  }
}
