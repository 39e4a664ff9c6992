package org.tallystick.request;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import org.tallystick.crypto.ConstantTime;
import org.tallystick.crypto.HmacSha256;
import org.tallystick.crypto.Secret;

/**
 * Makes the challenges that requests are made with, and knows them again (R6). It keeps none: each
 * carries its time and a tag.
 *
 * <p>Shape: time (8 bytes, big endian, milliseconds), 8 random bytes, first 16 bytes of
 * HMAC(challenge key, "tallystick challenge" ‖ time ‖ random). Opaque to devices, tied to none.
 *
 * <p>Source: docs/PROTOCOL.md section R.
 */
public final class Challenges {
  /** Bytes of a challenge. */
  public static final int LENGTH = 32;

  /** How long one is good, milliseconds; also how far the clocks of nodes may lie apart. */
  public static final long LIFE_MILLIS = 10 * 60_000L;

  private static final byte[] TAG = "tallystick challenge".getBytes(StandardCharsets.US_ASCII);
  private static final int TAGGED = 16;

  private final Secret key;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * @param key 32 bytes, the same on all nodes
   * @param clock bank clock
   * @param random for challenges
   */
  public Challenges(Secret key, Clock clock, SecureRandom random) {
    this.key = key;
    this.clock = clock;
    this.random = random;
  }

  /** A fresh challenge. */
  public byte[] make() {
    byte[] chance = new byte[8];
    random.nextBytes(chance);
    byte[] tagged = ByteBuffer.allocate(TAGGED).putLong(clock.millis()).put(chance).array();
    return ByteBuffer.allocate(LENGTH).put(tagged).put(tag(tagged)).array();
  }

  /** R6: whether this is one of ours and not too old. */
  public boolean isGood(byte[] challenge) {
    if (challenge.length != LENGTH) {
      return false;
    }
    byte[] tagged = Arrays.copyOf(challenge, TAGGED);
    long age = clock.millis() - ByteBuffer.wrap(tagged).getLong();
    return ConstantTime.equal(tag(tagged), Arrays.copyOfRange(challenge, TAGGED, LENGTH))
        && Math.abs(age) <= LIFE_MILLIS;
  }

  private byte[] tag(byte[] tagged) {
    return Arrays.copyOf(HmacSha256.of(key.reveal(), TAG, tagged), LENGTH - TAGGED);
  }
}
