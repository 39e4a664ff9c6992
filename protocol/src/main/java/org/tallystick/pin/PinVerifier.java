package org.tallystick.pin;

import org.tallystick.codec.Cbor;
import org.tallystick.crypto.ConstantTime;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.HmacSha256;
import org.tallystick.crypto.Pbkdf2;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Format;

/**
 * V, what a device derives from the PIN that is typed and what the bank holds to check a proof.
 * Neither the device file (no V in it) nor V alone (no pin secret) lets anybody check a guess.
 *
 * <p>Source: docs/PROTOCOL.md sections 7 and R.4; RFC 8018 (PBKDF2).
 */
public final class PinVerifier implements AutoCloseable {
  /** PBKDF2 iterations. */
  public static final int ITERATIONS = 600_000;

  private static final byte[] PROOF_INFO = Format.label("pin proof");

  private final Secret v;

  private PinVerifier(Secret v) {
    this.v = v;
  }

  /** From stored bytes, 32, which are copied. */
  public static PinVerifier ofBytes(byte[] v) {
    if (v.length != 32) {
      throw new IllegalArgumentException("PIN verifier has 32 bytes");
    }
    return new PinVerifier(Secret.copyOf(v));
  }

  /**
   * From what a person typed.
   *
   * @param pinSecret 32 bytes that never leave the device
   * @param salt 16 bytes
   */
  public static PinVerifier ofPin(char[] pin, Secret pinSecret, byte[] salt, int iterations) {
    try (Secret stretched = Secret.adopt(Pbkdf2.sha256(pin, salt, iterations, 32))) {
      return new PinVerifier(Secret.adopt(HmacSha256.of(pinSecret.reveal(), stretched.reveal())));
    }
  }

  /** V, 32 bytes, a copy. */
  public byte[] toBytes() {
    return v.reveal().clone();
  }

  /** Proof for one code, 32 bytes. */
  public byte[] proof(
      Secret pinKey, byte[] deviceId, long epoch, long n, int role, byte[] billHash) {
    return mac(pinKey, PROOF_INFO, context(deviceId, epoch, n, role, billHash));
  }

  private static byte[] context(byte[] deviceId, long epoch, long n, int role, byte[] billHash) {
    return Cbor.array(
            Cbor.of("pin"),
            Cbor.of(deviceId),
            Cbor.of(epoch),
            Cbor.of(n),
            Cbor.of(role),
            Cbor.of(billHash))
        .encode();
  }

  /**
   * Proof of a level PIN for one code, 32 bytes.
   *
   * @param level 1 to 7
   */
  public byte[] levelProof(
      Secret pinKey, int level, byte[] deviceId, long epoch, long n, int role, byte[] billHash) {
    byte[] info = Cbor.array(Cbor.of("level pin proof"), Cbor.of(Level.require(level))).encode();
    return mac(pinKey, info, context(deviceId, epoch, n, role, billHash));
  }

  /**
   * Proof of this PIN for one request that sets, changes or removes the PIN of a level, 32 bytes.
   *
   * @param pinKey out("request pin"), 32 bytes
   * @param nonce of the request, 16 bytes
   * @param level 1 to 7
   * @param newVerifier V of the level PIN, 32 bytes, or empty where it is removed
   */
  public byte[] levelChangeProof(
      Secret pinKey, byte[] deviceId, long epoch, byte[] nonce, int level, byte[] newVerifier) {
    byte[] context =
        Cbor.array(
                Cbor.of("level pin"),
                Cbor.of(deviceId),
                Cbor.of(epoch),
                Cbor.of(nonce),
                Cbor.of(Level.require(level)),
                Cbor.of(Sha256.of(newVerifier)))
            .encode();
    return mac(pinKey, PROOF_INFO, context);
  }

  /**
   * Proof of this PIN for one request that puts another in its place, 32 bytes.
   *
   * @param pinKey out("request pin"), 32 bytes
   * @param nonce of the request, 16 bytes
   * @param newVerifier V of the new PIN, 32 bytes
   */
  public byte[] changeProof(
      Secret pinKey, byte[] deviceId, long epoch, byte[] nonce, byte[] newVerifier) {
    byte[] context =
        Cbor.array(
                Cbor.of("pin change"),
                Cbor.of(deviceId),
                Cbor.of(epoch),
                Cbor.of(nonce),
                Cbor.of(Sha256.of(newVerifier)))
            .encode();
    return mac(pinKey, PROOF_INFO, context);
  }

  private byte[] mac(Secret pinKey, byte[] info, byte[] context) {
    byte[] prk = Hkdf.extract(pinKey.reveal(), v.reveal());
    try (Secret key = Secret.adopt(Hkdf.expand(prk, info, 32))) {
      return HmacSha256.of(key.reveal(), context);
    }
  }

  /** Whether a proof is the right one, in constant time. */
  public boolean accepts(
      byte[] proof, Secret pinKey, byte[] deviceId, long epoch, long n, int role, byte[] billHash) {
    return ConstantTime.equal(proof, proof(pinKey, deviceId, epoch, n, role, billHash));
  }

  /** Whether a proof of a level PIN is the right one, in constant time. */
  public boolean acceptsLevel(
      byte[] proof,
      Secret pinKey,
      int level,
      byte[] deviceId,
      long epoch,
      long n,
      int role,
      byte[] billHash) {
    return ConstantTime.equal(proof, levelProof(pinKey, level, deviceId, epoch, n, role, billHash));
  }

  /** Whether a proof of a level's change is the right one, in constant time. */
  public boolean acceptsLevelChange(
      byte[] proof,
      Secret pinKey,
      byte[] deviceId,
      long epoch,
      byte[] nonce,
      int level,
      byte[] newVerifier) {
    return ConstantTime.equal(
        proof, levelChangeProof(pinKey, deviceId, epoch, nonce, level, newVerifier));
  }

  /** Whether a proof of a change is the right one, in constant time. */
  public boolean acceptsChange(
      byte[] proof, Secret pinKey, byte[] deviceId, long epoch, byte[] nonce, byte[] newVerifier) {
    return ConstantTime.equal(proof, changeProof(pinKey, deviceId, epoch, nonce, newVerifier));
  }

  @Override
  public void close() {
    v.close();
  }
}
