package org.tallystick.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/** Argon2id, version 0x13, RFC 9106: a password hash that costs memory as well as time. */
public final class Argon2id {
  private Argon2id() {}

  /**
   * What one hash costs.
   *
   * @param memoryKib memory that it fills, in KiB
   * @param iterations passes over that memory
   * @param lanes parts of the memory that could be filled at once; here they follow one another
   */
  public record Cost(int memoryKib, int iterations, int lanes) {
    /** Refuses what RFC 9106, 3.1 does not define. */
    public Cost {
      if (lanes < 1 || iterations < 1 || memoryKib < 8 * lanes) {
        throw new IllegalArgumentException("cost outside the bounds of RFC 9106");
      }
    }
  }

  /**
   * Returns {@code length} bytes derived from the password.
   *
   * @param password bytes, not wiped here
   * @param salt at least 8 bytes
   */
  public static byte[] derive(byte[] password, byte[] salt, Cost cost, int length) {
    return derive(password, salt, cost, length, null, null);
  }

  static byte[] derive(
      byte[] password,
      byte[] salt,
      Cost cost,
      int length,
      byte @Nullable [] secret,
      byte @Nullable [] additional) {
    if (salt.length < 8 || length < 4) {
      throw new IllegalArgumentException("salt or output too short");
    }
    Argon2Parameters.Builder parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.iterations())
            .withParallelism(cost.lanes())
            .withSalt(salt);
    if (secret != null) {
      parameters.withSecret(secret);
    }
    if (additional != null) {
      parameters.withAdditional(additional);
    }
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters.build());
    byte[] output = new byte[length];
    byte[] copy = password.clone();
    try {
      generator.generateBytes(copy, output);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
    return output;
  }
}
