package org.tallystick.rekey;

import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestResult;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;

/**
 * A device's ephemeral keys for one rekey: a P-256 key pair and, in suite 2, an ML-KEM-768 one.
 * They are kept until the reply is there and wiped with it.
 *
 * <p>Source: docs/PROTOCOL.md section R.2.
 */
final class RekeyKeys implements AutoCloseable {
  private static final int SCALAR_LENGTH = 32;

  private final EcdhKey agreement;
  private final @Nullable MlKemKey encapsulation;

  private RekeyKeys(EcdhKey agreement, @Nullable MlKemKey encapsulation) {
    this.agreement = agreement;
    this.encapsulation = encapsulation;
  }

  /** Makes fresh keys. */
  static RekeyKeys generate(Suite suite, SecureRandom random) {
    return new RekeyKeys(
        EcdhKey.generate(random), suite == Suite.HYBRID ? MlKemKey.generate(random) : null);
  }

  /** From {@link #toSecret}. */
  static RekeyKeys of(Secret stored) {
    byte[] bytes = stored.reveal();
    if (bytes.length != SCALAR_LENGTH && bytes.length != SCALAR_LENGTH + MlKemKey.SEED_LENGTH) {
      throw new MalformedInputException("keys of a rekey have 32 or 96 bytes");
    }
    byte[] scalar = Arrays.copyOf(bytes, SCALAR_LENGTH);
    byte[] seed = Arrays.copyOfRange(bytes, SCALAR_LENGTH, bytes.length);
    try {
      return new RekeyKeys(
          EcdhKey.ofScalar(scalar), seed.length == 0 ? null : MlKemKey.ofSeed(seed));
    } finally {
      Arrays.fill(scalar, (byte) 0);
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** The scalar, 32 bytes, then in suite 2 the seed, 64 bytes. */
  Secret toSecret() {
    byte[] scalar = agreement.scalar();
    byte[] seed = encapsulation == null ? new byte[0] : encapsulation.seed();
    byte[] both = Arrays.copyOf(scalar, scalar.length + seed.length);
    System.arraycopy(seed, 0, both, scalar.length, seed.length);
    Arrays.fill(scalar, (byte) 0);
    Arrays.fill(seed, (byte) 0);
    return Secret.adopt(both);
  }

  RequestArguments.Rekey arguments(long epoch, long next) {
    return new RequestArguments.Rekey(
        agreement.compressedPoint(),
        encapsulation == null ? null : encapsulation.encapsulationKey(),
        epoch,
        next);
  }

  /**
   * The device's end of the agreement.
   *
   * @throws MalformedInputException if the bank's key or ciphertext is none, or is of another suite
   */
  EpochSecrets agree(
      EpochRoot root, Suite suite, byte[] deviceId, byte[] requestHash, RequestResult.Rekey given) {
    byte[] ciphertext = given.ciphertext();
    if ((ciphertext == null) != (encapsulation == null)) {
      throw new MalformedInputException("a ciphertext goes with suite 2");
    }
    RekeySchedule schedule =
        new RekeySchedule(
            suite, deviceId, given.epoch(), requestHash, given.ephemeralKey(), ciphertext);
    try (Secret agreed = Secret.adopt(agreement.agreeCompressed(given.ephemeralKey()))) {
      if (encapsulation == null || ciphertext == null) {
        return schedule.derive(root, agreed, null);
      }
      try (Secret encapsulated = encapsulation.decapsulate(ciphertext)) {
        return schedule.derive(root, agreed, encapsulated);
      }
    }
  }

  @Override
  public void close() {
    agreement.close();
    if (encapsulation != null) {
      encapsulation.close();
    }
  }
}
