package org.tallystick.request;

import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Secret;
import org.tallystick.pin.Level;
import org.tallystick.pin.PinVerifier;

/**
 * Kind 10: sets, changes or removes the PIN of a level.
 *
 * <p>Source: docs/PROTOCOL.md sections 7 and 10.
 *
 * @param level 1 to 7
 * @param verifier new V of the level, 32 bytes, or null to remove it
 * @param proof under the device's PIN, 32 bytes
 */
public record LevelPin(int level, @Nullable Secret verifier, byte[] proof)
    implements RequestArguments {
  private static final byte[] NOTHING = new byte[0];

  /** Checks the lengths. */
  public LevelPin {
    Level.require(level);
    if (proof.length != 32 || (verifier != null && verifier.length() != 32)) {
      throw new MalformedInputException("arguments: verifier and proof have 32 bytes");
    }
  }

  /**
   * Proves the device's PIN for exactly this request and exactly this change.
   *
   * @param fresh of the level, or null to remove it
   */
  public static LevelPin change(
      PinVerifier pin, int level, @Nullable PinVerifier fresh, RequestKeys keys) {
    byte[] verifier = fresh == null ? NOTHING : fresh.toBytes();
    try (Secret pinKey = keys.pinKey()) {
      byte[] proof =
          pin.levelChangeProof(
              pinKey, keys.deviceId(), keys.epoch(), keys.nonce(), level, verifier);
      return new LevelPin(level, fresh == null ? null : Secret.adopt(verifier), proof);
    }
  }

  /** Whether the device's PIN was proven; the request is the one these arguments came in. */
  public boolean isProvenBy(PinVerifier pin, OpenedRequest request) {
    return pin.acceptsLevelChange(
        proof,
        request.pinKey(),
        request.body().deviceId(),
        request.body().epoch(),
        request.nonce(),
        level,
        verifier == null ? NOTHING : verifier.reveal());
  }

  @Override
  public RequestKind kind() {
    return RequestKind.LEVEL_PIN;
  }

  @Override
  public Cbor.Map toCbor() {
    return Cbor.map()
        .put(1, Cbor.of(level))
        .put(2, verifier == null ? Cbor.NULL : Cbor.of(verifier.reveal()))
        .put(3, Cbor.of(proof))
        .build();
  }

  static LevelPin of(MapReader map) {
    Cbor verifier = map.value(2);
    return new LevelPin(
        Level.require(map.integer(1)),
        verifier.isNull() ? null : Secret.adopt(verifier.asBytes(32)),
        map.bytes(3, 32));
  }

  @Override
  public String toString() {
    return "LevelPin[level=" + level + "]";
  }
}
