package org.tallystick.sequencer;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;

/**
 * One epoch of a device's sequencer, as the bank holds it: open while numbers of it may still come,
 * then a root without a chain.
 *
 * <p>Source: docs/PROTOCOL.md sections 4 (S3 to S6) and R.2.
 *
 * @param number from 0
 * @param first its lowest number
 * @param next open: lowest number never used or passed over; closed: the device's next when it went
 *     on to the newer epoch
 * @param recoveryEpoch of the bank when it was made
 * @param startedAtMillis bank clock
 * @param root root(e), 32 bytes
 * @param chain chain(next) with its salt, or null once it is closed
 */
public record Epoch(
    long number,
    long first,
    long next,
    long recoveryEpoch,
    long startedAtMillis,
    Secret root,
    @Nullable Chain chain) {
  /** How many numbers an epoch has (S4). */
  public static final int NUMBERS = 256;

  /** How many numbers from {@code next} on are tried for a hint (S3). */
  public static final int WINDOW = 64;

  /**
   * What the numbers of an open epoch come from.
   *
   * @param current chain(next), 32 bytes
   * @param string2 32 bytes
   */
  public record Chain(Secret current, Secret string2) {
    @Override
    public String toString() {
      return "Chain[...]";
    }
  }

  static Epoch started(long number, EpochSecrets secrets, long recoveryEpoch, long nowMillis) {
    return new Epoch(
        number,
        secrets.first(),
        secrets.first(),
        recoveryEpoch,
        nowMillis,
        Secret.copyOf(secrets.root().reveal()),
        new Chain(
            Secret.copyOf(secrets.string1().reveal()), Secret.copyOf(secrets.string2().reveal())));
  }

  /** Whether codes of it may still come in order. */
  public boolean isOpen() {
    return chain != null;
  }

  /** The number after its last one. */
  public long end() {
    return first + NUMBERS;
  }

  /** Whether it has this number at all. */
  public boolean has(long n) {
    return first <= n && n < end();
  }

  /** Root with its epoch. */
  public EpochRoot epochRoot() {
    return new EpochRoot(number, root);
  }

  /** The number after the last one that is tried for a hint. */
  long windowEnd() {
    return Math.min(next + WINDOW, end());
  }

  /** The first number in the window whose keys are wanted. */
  Optional<OneTimeKeys> find(Suite suite, byte[] deviceId, Predicate<OneTimeKeys> wanted) {
    if (chain == null) {
      return Optional.empty();
    }
    Secret current = Secret.copyOf(chain.current().reveal());
    for (long n = next; n < windowEnd(); n++) {
      OneTimeKeys keys = OneTimeKeys.derive(current, chain.string2(), suite, deviceId, number, n);
      current.close();
      if (wanted.test(keys)) {
        return Optional.of(keys);
      }
      current = keys.nextChain();
      keys.close();
    }
    current.close();
    return Optional.empty();
  }

  /** The epoch from {@code until} on; all numbers before are shown on the way. */
  Epoch passing(Suite suite, byte[] deviceId, long until, Consumer<OneTimeKeys> passed) {
    Chain open = open(until);
    return with(until, new Chain(walk(open, suite, deviceId, until, passed), open.string2()));
  }

  /** The epoch after the number of these keys; all numbers before it are shown on the way. */
  Epoch used(Suite suite, byte[] deviceId, OneTimeKeys keys, Consumer<OneTimeKeys> passed) {
    Chain open = open(keys.n() + 1);
    walk(open, suite, deviceId, keys.n(), passed).close();
    return with(keys.n() + 1, new Chain(keys.nextChain(), open.string2()));
  }

  private Chain open(long until) {
    if (chain == null || until < next || until > end()) {
      throw new IllegalStateException("an epoch does not go back, nor past its end");
    }
    return chain;
  }

  /** Returns chain(until), a copy. */
  private Secret walk(
      Chain from, Suite suite, byte[] deviceId, long until, Consumer<OneTimeKeys> passed) {
    Secret current = Secret.copyOf(from.current().reveal());
    for (long n = next; n < until; n++) {
      try (OneTimeKeys keys =
          OneTimeKeys.derive(current, from.string2(), suite, deviceId, number, n)) {
        current.close();
        current = keys.nextChain();
        passed.accept(keys);
      }
    }
    return current;
  }

  /** The epoch without its chain. */
  Epoch closed() {
    return with(next, null);
  }

  private Epoch with(long newNext, @Nullable Chain newChain) {
    return new Epoch(number, first, newNext, recoveryEpoch, startedAtMillis, root, newChain);
  }

  Cbor toCbor() {
    Cbor chained =
        chain == null
            ? Cbor.NULL
            : Cbor.array(Cbor.of(chain.current().reveal()), Cbor.of(chain.string2().reveal()));
    return Cbor.array(
        Cbor.of(number),
        Cbor.of(first),
        Cbor.of(next),
        Cbor.of(recoveryEpoch),
        Cbor.of(startedAtMillis),
        Cbor.of(root.reveal()),
        chained);
  }

  static Epoch of(Cbor item) {
    List<Cbor> parts = item.asArray(7);
    return new Epoch(
        parts.get(0).asLong(),
        parts.get(1).asLong(),
        parts.get(2).asLong(),
        parts.get(3).asLong(),
        parts.get(4).asLong(),
        Secret.adopt(parts.get(5).asBytes(32)),
        parts.get(6).isNull() ? null : chain(parts.get(6).asArray(2)));
  }

  private static Chain chain(List<Cbor> parts) {
    return new Chain(
        Secret.adopt(parts.get(0).asBytes(32)), Secret.adopt(parts.get(1).asBytes(32)));
  }

  @Override
  public String toString() {
    return "Epoch[" + number + ", next=" + next + (isOpen() ? "]" : ", closed]");
  }
}
