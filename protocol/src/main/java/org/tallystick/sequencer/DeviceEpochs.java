package org.tallystick.sequencer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;

/**
 * The bank's duplicate of one device's sequencer. It begins with epoch 0 at enrolment. Each rekey
 * puts a newer epoch beside the one before, whose numbers stay open until the first authentic code
 * of the newer one tells how far the device had come; then only its root is kept, to notice a
 * second rekey from there. Keys of numbers that were passed over are kept apart, with their epoch.
 * It never mutates: each method gives a permitted next state.
 *
 * <p>Source: docs/PROTOCOL.md sections 4 (S2 to S6), R.2 and N; TSE-05.
 *
 * @param suite of the device
 * @param deviceId 16 bytes
 * @param newest epoch
 * @param older the one before, open or closed; null in epoch 0
 * @param skipped keys of numbers passed over, at most 128
 * @param notices down chain of the newest epoch
 * @param rekeyedBy T of the rekey that made the newest epoch, 32 bytes; null in epoch 0
 * @param undueMillis times of the last rekeys that were not due
 */
public record DeviceEpochs(
    Suite suite,
    byte[] deviceId,
    Epoch newest,
    @Nullable Epoch older,
    SortedMap<NumberAt, SkippedKey> skipped,
    DownChain notices,
    byte @Nullable [] rekeyedBy,
    List<Long> undueMillis) {
  /** How many skipped keys a device may have. */
  public static final int MAX_SKIPPED = 128;

  /** State after enrolment. */
  public static DeviceEpochs enrolled(
      Suite suite, byte[] deviceId, EpochSecrets secrets, long recoveryEpoch, long nowMillis) {
    return new DeviceEpochs(
        suite,
        deviceId,
        Epoch.started(0, secrets, recoveryEpoch, nowMillis),
        null,
        new TreeMap<>(),
        DownChain.initial(0, secrets.down()),
        null,
        List.of());
  }

  /** O4: finds the number whose hint this is: skipped keys, the older epoch, the newest (S6). */
  public Optional<OneTimeKeys> find(byte[] hint, long nowMillis) {
    for (var entry : skipped.entrySet()) {
      if (entry.getValue().expiresAtMillis() >= nowMillis) {
        OneTimeKeys keys = skippedKeys(entry.getKey(), entry.getValue());
        if (Arrays.equals(keys.hint(), hint)) {
          return Optional.of(keys);
        }
        keys.close();
      }
    }
    return Optional.ofNullable(older)
        .flatMap(epoch -> epoch.find(suite, deviceId, keys -> Arrays.equals(keys.hint(), hint)))
        .or(() -> newest.find(suite, deviceId, keys -> Arrays.equals(keys.hint(), hint)));
  }

  private OneTimeKeys skippedKeys(NumberAt at, SkippedKey key) {
    return OneTimeKeys.ofSkipped(key.prk(), suite, deviceId, at.epoch(), at.n());
  }

  /** Roots that requests are opened with: of the newest epoch, then of the one before (R4). */
  public List<EpochRoot> roots() {
    return older == null
        ? List.of(newest.epochRoot())
        : List.of(newest.epochRoot(), older.epochRoot());
  }

  /** The epoch of this number, newest or older; empty where only skipped keys are left of it. */
  public Optional<Epoch> epoch(long number) {
    if (newest.number() == number) {
      return Optional.of(newest);
    }
    return Optional.ofNullable(older).filter(epoch -> epoch.number() == number);
  }

  /** Recovery epoch under which the epoch of an open number was made. */
  public long recoveryEpoch(NumberAt at) {
    SkippedKey key = skipped.get(at);
    return key != null
        ? key.recoveryEpoch()
        : epoch(at.epoch()).map(Epoch::recoveryEpoch).orElse(newest.recoveryEpoch());
  }

  /**
   * The state after a number was used: its key is gone, the numbers passed over on the way are
   * skipped, {@code next} never goes back (S3).
   *
   * @param keys of the number
   * @param skippedUntilMillis until when codes of passed-over numbers may still come
   */
  public DeviceEpochs used(OneTimeKeys keys, long nowMillis, long skippedUntilMillis) {
    NumberAt at = new NumberAt(keys.epoch(), keys.n());
    SkippedKeys kept = new SkippedKeys(skipped, nowMillis, skippedUntilMillis);
    boolean wasSkipped = kept.remove(at);
    Epoch inNewest = newest;
    Epoch inOlder = older;
    if (!wasSkipped && at.epoch() == newest.number()) {
      inNewest = newest.used(suite, deviceId, keys, kept.of(newest));
    } else if (!wasSkipped && older != null) {
      inOlder = older.used(suite, deviceId, keys, kept.of(older));
    }
    return with(inNewest, inOlder, kept.limited());
  }

  /**
   * S6: the state after the first authentic code of the newest epoch: the device had come to {@code
   * closed} in the older one, nothing from there on was ever sealed.
   */
  public DeviceEpochs closed(long closed, long nowMillis, long skippedUntilMillis) {
    if (older == null) {
      throw new IllegalStateException("there is no older epoch");
    }
    SkippedKeys kept = new SkippedKeys(skipped, nowMillis, skippedUntilMillis);
    Epoch passed = older.passing(suite, deviceId, closed, kept.of(older));
    return with(newest, passed.closed(), kept.limited());
  }

  /**
   * R.2: the state with a fresh epoch. An older one that is still open then is not waited for any
   * longer: the keys in its window become skipped.
   *
   * @param epoch number of the fresh one, above every other
   * @param requestHash T of the rekey, 32 bytes
   * @param undue times to remember of rekeys that were not due
   */
  public DeviceEpochs rekeyed(
      long epoch,
      EpochSecrets secrets,
      byte[] requestHash,
      long recoveryEpoch,
      List<Long> undue,
      long nowMillis,
      long skippedUntilMillis) {
    if (epoch <= newest.number()) {
      throw new IllegalStateException("a sequencer does not go back");
    }
    SkippedKeys kept = new SkippedKeys(skipped, nowMillis, skippedUntilMillis);
    if (older != null && older.isOpen()) {
      long end = older.windowEnd();
      older.passing(suite, deviceId, end, kept.of(older));
    }
    return new DeviceEpochs(
        suite,
        deviceId,
        Epoch.started(epoch, secrets, recoveryEpoch, nowMillis),
        newest,
        kept.limited(),
        DownChain.initial(epoch, secrets.down()),
        requestHash,
        List.copyOf(undue));
  }

  /** The state after a notice was made. */
  public DeviceEpochs noticed() {
    return new DeviceEpochs(
        suite,
        deviceId,
        newest,
        older,
        skipped,
        notices.next(suite, deviceId),
        rekeyedBy,
        undueMillis);
  }

  private DeviceEpochs with(
      Epoch inNewest, @Nullable Epoch inOlder, SortedMap<NumberAt, SkippedKey> kept) {
    return new DeviceEpochs(
        suite, deviceId, inNewest, inOlder, kept, notices, rekeyedBy, undueMillis);
  }

  /** Bytes to keep wrapped: deterministic CBOR; contains secrets. */
  public byte[] encode() {
    List<Cbor> keys = new ArrayList<>();
    skipped.forEach((at, key) -> keys.add(key.toCbor(at)));
    return Cbor.map()
        .put(1, suite.toCbor())
        .put(2, Cbor.of(deviceId))
        .put(3, newest.toCbor())
        .put(4, older == null ? Cbor.NULL : older.toCbor())
        .put(5, Cbor.array(keys))
        .put(6, Cbor.array(Cbor.of(notices.k()), Cbor.of(notices.down().reveal())))
        .put(7, rekeyedBy == null ? Cbor.NULL : Cbor.of(rekeyedBy))
        .put(8, Cbor.array(undueMillis.stream().map(Cbor::of).toList()))
        .build()
        .encode();
  }

  /** Inverse of {@link #encode}. */
  public static DeviceEpochs decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    TreeMap<NumberAt, SkippedKey> skipped = new TreeMap<>();
    for (Cbor item : map.value(5).asArray()) {
      List<Cbor> parts = item.asArray(5);
      NumberAt at = SkippedKey.place(parts);
      if (!skipped.isEmpty() && skipped.lastKey().compareTo(at) >= 0) {
        throw new MalformedInputException("skipped keys are not ascending");
      }
      skipped.put(at, SkippedKey.of(parts));
    }
    Epoch newest = Epoch.of(map.value(3));
    List<Cbor> down = map.value(6).asArray(2);
    Cbor older = map.value(4);
    Cbor rekeyedBy = map.value(7);
    DeviceEpochs epochs =
        new DeviceEpochs(
            Suite.of(map.integer(1)),
            map.bytes(2, 16),
            newest,
            older.isNull() ? null : Epoch.of(older),
            skipped,
            new DownChain(
                newest.number(), down.get(0).asLong(), Secret.adopt(down.get(1).asBytes(32))),
            rekeyedBy.isNull() ? null : rekeyedBy.asBytes(32),
            map.value(8).asArray().stream().map(Cbor::asLong).toList());
    map.end();
    return epochs;
  }

  @Override
  public String toString() {
    return "DeviceEpochs[newest=" + newest + ", older=" + older + "]";
  }
}
