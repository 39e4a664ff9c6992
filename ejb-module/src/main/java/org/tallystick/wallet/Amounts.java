package org.tallystick.wallet;

import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * The two amounts of a micro-deposit, 1 to 99 minor units each and never alike, in no order: so
 * there are 4,851 pairs to guess from. They are never printed.
 */
final class Amounts {
  static final int LEAST = 1;
  static final int MOST = 99;

  private final byte[] ascending;

  private Amounts(int one, int other) {
    this.ascending = new byte[] {(byte) Math.min(one, other), (byte) Math.max(one, other)};
  }

  static Amounts of(int one, int other) {
    if (one < LEAST || other < LEAST || one > MOST || other > MOST) {
      throw new IllegalArgumentException("amounts of a micro-deposit are 1 to 99");
    }
    return new Amounts(one, other);
  }

  static Amounts draw(SecureRandom random) {
    int one = LEAST + random.nextInt(MOST);
    int other = LEAST + random.nextInt(MOST - 1);
    return new Amounts(one, other < one ? other : other + 1);
  }

  static Amounts ofBytes(byte[] bytes) {
    if (bytes.length != 2) {
      throw new IllegalArgumentException("two amounts are two bytes");
    }
    return of(bytes[0], bytes[1]);
  }

  /** Two bytes, ascending. */
  byte[] bytes() {
    return ascending.clone();
  }

  int lower() {
    return ascending[0];
  }

  int higher() {
    return ascending[1];
  }

  /** What is paid out altogether. */
  long sum() {
    return (long) lower() + higher();
  }

  /** Compares in a time that does not depend on what is different. */
  boolean matches(Amounts other) {
    return MessageDigest.isEqual(ascending, other.ascending);
  }

  @Override
  public String toString() {
    return "Amounts";
  }
}
