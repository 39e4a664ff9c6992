package org.tallystick.vectors;

import org.tallystick.code.Role;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Pbkdf2;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Format;
import org.tallystick.pin.PinVerifier;
import org.tallystick.sequencer.OneTimeKeys;

/** Section 7. */
final class PinVectors {
  private PinVectors() {}

  static Vector vector(
      String name,
      String pin,
      byte[] secret,
      byte[] salt,
      int iterations,
      OneTimeKeys keys,
      byte[] deviceId,
      byte[] billHash) {
    int role = Role.PAYER.value();
    try (PinVerifier verifier =
        PinVerifier.ofPin(pin.toCharArray(), Secret.copyOf(secret), salt, iterations)) {
      Secret pinKey = keys.pinKey();
      byte[] prk = Hkdf.extract(pinKey.reveal(), verifier.toBytes());
      byte[] context =
          Cbor.array(
                  Cbor.of("pin"),
                  Cbor.of(deviceId),
                  Cbor.of(keys.epoch()),
                  Cbor.of(keys.n()),
                  Cbor.of(role),
                  Cbor.of(billHash))
              .encode();
      return Vector.of("pin", name)
          .text("pin", pin)
          .hex("pinSecret", secret)
          .hex("salt", salt)
          .integer("iterations", iterations)
          .hex("stretched", Pbkdf2.sha256(pin.toCharArray(), salt, iterations, 32))
          .hex("v", verifier.toBytes())
          .hex("pinKey", pinKey.reveal())
          .hex("deviceId", deviceId)
          .integer("epoch", keys.epoch())
          .integer("n", keys.n())
          .integer("role", role)
          .hex("billHash", billHash)
          .hex("proofKey", Hkdf.expand(prk, Format.label("pin proof"), 32))
          .hex("context", context)
          .hex("proof", verifier.proof(pinKey, deviceId, keys.epoch(), keys.n(), role, billHash));
    }
  }
}
