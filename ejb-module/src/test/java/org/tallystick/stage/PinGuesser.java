package org.tallystick.stage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.code.SignedMap;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.pin.PinVerifier;

/**
 * Somebody who holds some bytes and wants the PIN. A guess is confirmed when something that he
 * computes from it stands in what he holds.
 *
 * <p>PBKDF2 runs once instead of 600,000 times: rounds make a guess dear, they decide nothing about
 * whether it can be checked.
 */
final class PinGuesser {
  private static final int PINS = 10_000;
  private static final int ROUNDS = 1;
  private static final int MAX_DEPTH = 8;

  private final Map<ByteBuffer, byte[]> salts = new LinkedHashMap<>();
  private final Map<ByteBuffer, byte[]> secrets = new LinkedHashMap<>();
  private byte[] knownSalt = new byte[16];
  private byte[] knownSecret = new byte[32];
  private final List<SignedMap> halves = new ArrayList<>();

  /** Takes bytes in and, where they are CBOR, everything inside them. */
  PinGuesser holding(byte[]... found) {
    for (byte[] bytes : found) {
      take(bytes, 0);
    }
    return this;
  }

  /** Terms of halves, which say what a proof is about. */
  PinGuesser knowing(SignedMap... signed) {
    halves.addAll(List.of(signed));
    return this;
  }

  private void take(byte[] bytes, int depth) {
    if (bytes.length == 16) {
      salts.put(ByteBuffer.wrap(bytes), bytes);
    } else if (bytes.length == 32) {
      secrets.put(ByteBuffer.wrap(bytes), bytes);
    }
    if (depth < MAX_DEPTH) {
      try {
        inside(Cbor.decode(bytes, bytes.length), depth + 1);
      } catch (MalformedInputException notCbor) {
        return; // a string of bytes and nothing more
      }
    }
  }

  private void inside(Cbor item, int depth) {
    if (item instanceof Cbor.Bytes bytes) {
      take(bytes.asBytes(), depth);
    } else if (item instanceof Cbor.Array array) {
      array.asArray().forEach(one -> inside(one, depth));
    } else if (item instanceof Cbor.Map map) {
      map.entries().forEach(entry -> inside(entry.value(), depth));
    }
  }

  /** He knows the format: these are salt and pin secret. Untold he takes them for zeros. */
  PinGuesser told(byte[] salt, byte[] secret) {
    knownSalt = salt;
    knownSecret = secret;
    return this;
  }

  /** How many strings he holds that may be a secret. */
  int held() {
    return secrets.size();
  }

  /**
   * Tries all 10,000 PINs, every string of 32 bytes as verifier, as key of a proof and as proof.
   *
   * @return the PIN; empty where every guess looks like every other
   */
  Optional<String> guess() {
    for (int pin = 0; pin < PINS; pin++) {
      String guess = String.format("%04d", pin);
      if (isConfirmed(guess, List.of(knownSalt), List.of(knownSecret))) {
        return Optional.of(guess);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether anything tells that this is the PIN: every string of 16 bytes as salt, every one of 32
   * as pin secret, too. Where this is false of the true PIN, no guess can be told from it.
   */
  boolean isConfirmed(String pin) {
    List<byte[]> anySalt = new ArrayList<>(List.of(knownSalt));
    anySalt.addAll(salts.values());
    List<byte[]> anySecret = new ArrayList<>(List.of(knownSecret));
    anySecret.addAll(secrets.values());
    return isConfirmed(pin, anySalt, anySecret);
  }

  private boolean isConfirmed(String pin, List<byte[]> triedSalts, List<byte[]> triedSecrets) {
    for (byte[] salt : triedSalts) {
      for (byte[] secret : triedSecrets) {
        try (Secret held = Secret.copyOf(secret);
            PinVerifier verifier = PinVerifier.ofPin(pin.toCharArray(), held, salt, ROUNDS)) {
          if (secrets.containsKey(ByteBuffer.wrap(verifier.toBytes()))
              || secrets.values().stream().anyMatch(key -> proves(verifier, key))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean proves(PinVerifier verifier, byte[] key) {
    return proofs(verifier, key).stream().anyMatch(secrets::containsKey);
  }

  private List<ByteBuffer> proofs(PinVerifier verifier, byte[] key) {
    try (Secret pinKey = Secret.copyOf(key)) {
      return halves.stream()
          .map(
              half ->
                  verifier.proof(
                      pinKey,
                      half.deviceId(),
                      half.epoch(),
                      half.n(),
                      half.role().value(),
                      half.billHash()))
          .map(ByteBuffer::wrap)
          .toList();
    }
  }
}
