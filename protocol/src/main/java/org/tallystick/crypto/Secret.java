package org.tallystick.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Secret bytes that are wiped when closed, compared in constant time and never shown.
 *
 * <p>{@link #reveal()} is the one way out, so each place where a secret leaves its wrapper is found
 * by searching for that word. Wiping is best effort: the garbage collector may have moved the array
 * before.
 */
public final class Secret implements AutoCloseable {
  private final byte[] bytes;
  private volatile boolean closed;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Wraps a copy; the caller's array stays the caller's to wipe. */
  public static Secret copyOf(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /** Wraps the array itself and owns it from now on. */
  public static Secret adopt(byte[] bytes) {
    return new Secret(bytes);
  }

  /** Draws {@code length} random bytes. */
  public static Secret random(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new Secret(bytes);
  }

  /**
   * Returns the internal array; it must not be changed or kept.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public byte[] reveal() {
    if (closed) {
      throw new IllegalStateException("secret was wiped");
    }
    return bytes;
  }

  /** Returns the count of bytes, also after {@link #close()}. */
  public int length() {
    return bytes.length;
  }

  /** Wipes the bytes; may be called again. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  /** Compares the content in constant time; a wiped secret equals only itself. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof Secret secret
        && !closed
        && !secret.closed
        && ConstantTime.equal(bytes, secret.bytes);
  }

  /** Depends on the length only, so that it tells nothing about the content. */
  @Override
  public int hashCode() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return "Secret(" + bytes.length + " bytes)";
  }
}
