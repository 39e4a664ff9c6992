package org.tallystick.simulation;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.SplittableRandom;

/** The one source of chance of a schedule. */
final class Chance {
  private final SplittableRandom random;
  private final SecureRandom secure;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
    this.secure = new SeededRandom(random.split());
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  /** For the protocol code's parameters; repeats with the seed. */
  SecureRandom secure() {
    return secure;
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    secure.nextBytes(bytes);
    return bytes;
  }

  private static final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    SeededRandom(SplittableRandom source) {
      super(new Spi(source), null);
    }
  }

  private static final class Spi extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;

    private final transient SplittableRandom source;

    Spi(SplittableRandom source) {
      this.source = source;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      throw new UnsupportedOperationException("the schedule's seed is the only one");
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      source.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int numBytes) {
      byte[] bytes = new byte[numBytes];
      source.nextBytes(bytes);
      return bytes;
    }
  }
}
