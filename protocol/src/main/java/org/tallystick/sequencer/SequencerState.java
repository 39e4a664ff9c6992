package org.tallystick.sequencer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Secret;

/**
 * The bank's duplicate of one device's sequencer: the next number with its chain, and the keys of
 * numbers that were passed over. It never mutates: {@link #used} gives the permitted next state.
 *
 * <p>Source: docs/PROTOCOL.md section 4, S2 and S3; TSE-05.
 *
 * @param deviceId 16 bytes
 * @param epoch of the chain
 * @param next lowest number never used or passed over
 * @param chain chain(next), 32 bytes
 * @param string2 32 bytes
 * @param skipped by number
 */
public record SequencerState(
    byte[] deviceId,
    long epoch,
    long next,
    Secret chain,
    Secret string2,
    SortedMap<Long, SkippedKey> skipped) {
  /** How many numbers from {@code next} on are tried for a hint. */
  public static final int WINDOW = 64;

  /** How many skipped keys a device may have. */
  public static final int MAX_SKIPPED = 128;

  /**
   * Key of a number that was passed over.
   *
   * @param prk P(m), 32 bytes
   * @param expiresAtMillis after which no code of it can still be in time
   */
  public record SkippedKey(Secret prk, long expiresAtMillis) {}

  /** State after enrolment. */
  public static SequencerState initial(
      byte[] deviceId, long first, Secret string1, Secret string2) {
    return new SequencerState(deviceId, 0, first, string1, string2, new TreeMap<>());
  }

  /** Finds the number whose hint this is: skipped keys first, then the window (O4). */
  public Optional<OneTimeKeys> find(byte[] hint, long nowMillis) {
    for (var entry : skipped.entrySet()) {
      if (entry.getValue().expiresAtMillis() >= nowMillis) {
        OneTimeKeys keys =
            OneTimeKeys.ofSkipped(entry.getValue().prk(), deviceId, epoch, entry.getKey());
        if (Arrays.equals(keys.hint(), hint)) {
          return Optional.of(keys);
        }
        keys.close();
      }
    }
    Secret current = Secret.copyOf(chain.reveal());
    for (int i = 0; i < WINDOW; i++) {
      OneTimeKeys keys = OneTimeKeys.derive(current, string2, deviceId, epoch, next + i);
      current.close();
      if (Arrays.equals(keys.hint(), hint)) {
        return Optional.of(keys);
      }
      current = keys.nextChain();
      keys.close();
    }
    current.close();
    return Optional.empty();
  }

  /**
   * Keys of a number that is still open: skipped, or from {@code next} on inside the window. Used
   * to tell which transaction number belongs to it.
   */
  public Optional<OneTimeKeys> keysOf(long n) {
    SkippedKey kept = skipped.get(n);
    if (kept != null) {
      return Optional.of(OneTimeKeys.ofSkipped(kept.prk(), deviceId, epoch, n));
    }
    if (n < next || n >= next + WINDOW) {
      return Optional.empty();
    }
    Secret current = Secret.copyOf(chain.reveal());
    for (long m = next; ; m++) {
      OneTimeKeys keys = OneTimeKeys.derive(current, string2, deviceId, epoch, m);
      current.close();
      if (m == n) {
        return Optional.of(keys);
      }
      current = keys.nextChain();
      keys.close();
    }
  }

  /**
   * The state after number {@code n} was used: its key is gone, the numbers passed over on the way
   * are skipped, {@code next} never goes back (S3).
   *
   * @param skippedUntilMillis until when codes of passed-over numbers may still come
   */
  public SequencerState used(long n, long nowMillis, long skippedUntilMillis) {
    TreeMap<Long, SkippedKey> kept = new TreeMap<>();
    skipped.forEach(
        (m, key) -> {
          if (m != n && key.expiresAtMillis() >= nowMillis) {
            kept.put(m, key);
          }
        });
    if (n < next) {
      return new SequencerState(deviceId, epoch, next, chain, string2, kept);
    }
    Secret current = Secret.copyOf(chain.reveal());
    for (long m = next; m <= n; m++) {
      try (OneTimeKeys keys = OneTimeKeys.derive(current, string2, deviceId, epoch, m)) {
        current.close();
        current = keys.nextChain();
        if (m < n) {
          kept.put(m, new SkippedKey(keys.skippedKey(), skippedUntilMillis));
        }
      }
    }
    while (kept.size() > MAX_SKIPPED) {
      kept.remove(kept.firstKey());
    }
    return new SequencerState(deviceId, epoch, n + 1, current, string2, kept);
  }

  /** Bytes to keep wrapped: deterministic CBOR; contains secrets. */
  public byte[] encode() {
    List<Cbor> keys = new ArrayList<>();
    skipped.forEach(
        (n, key) ->
            keys.add(
                Cbor.array(
                    Cbor.of(n), Cbor.of(key.prk().reveal()), Cbor.of(key.expiresAtMillis()))));
    return Cbor.map()
        .put(1, Cbor.of(deviceId))
        .put(2, Cbor.of(epoch))
        .put(3, Cbor.of(next))
        .put(4, Cbor.of(chain.reveal()))
        .put(5, Cbor.of(string2.reveal()))
        .put(6, Cbor.array(keys))
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static SequencerState decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    TreeMap<Long, SkippedKey> skipped = new TreeMap<>();
    for (Cbor item : map.value(6).asArray()) {
      List<Cbor> parts = item.asArray(3);
      long n = parts.get(0).asLong();
      if (!skipped.isEmpty() && n <= skipped.lastKey()) {
        throw new MalformedInputException("skipped keys repeated or out of order");
      }
      skipped.put(n, new SkippedKey(Secret.adopt(parts.get(1).asBytes(32)), parts.get(2).asLong()));
    }
    SequencerState state =
        new SequencerState(
            map.bytes(1, 16),
            map.integer(2),
            map.integer(3),
            Secret.adopt(map.bytes(4, 32)),
            Secret.adopt(map.bytes(5, 32)),
            skipped);
    map.end();
    return state;
  }
}
