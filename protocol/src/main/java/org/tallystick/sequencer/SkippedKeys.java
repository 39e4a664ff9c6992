package org.tallystick.sequencer;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Collects what is left of the skipped keys after one step: none that ran out, not too many. */
final class SkippedKeys {
  private final TreeMap<NumberAt, SkippedKey> kept = new TreeMap<>();
  private final long untilMillis;

  /**
   * @param before what there was
   * @param untilMillis until when codes of numbers passed over now may still come
   */
  SkippedKeys(SortedMap<NumberAt, SkippedKey> before, long nowMillis, long untilMillis) {
    this.untilMillis = untilMillis;
    before.forEach(
        (at, key) -> {
          if (key.expiresAtMillis() >= nowMillis) {
            kept.put(at, key);
          }
        });
  }

  /** Takes a key out; false where there was none. */
  boolean remove(NumberAt at) {
    return kept.remove(at) != null;
  }

  /** Keeps the keys of an epoch's numbers. */
  Consumer<OneTimeKeys> of(Epoch epoch) {
    return keys ->
        kept.put(
            new NumberAt(epoch.number(), keys.n()),
            new SkippedKey(keys.skippedKey(), epoch.recoveryEpoch(), untilMillis));
  }

  /** At most {@value DeviceEpochs#MAX_SKIPPED}, the lowest left out. */
  SortedMap<NumberAt, SkippedKey> limited() {
    while (kept.size() > DeviceEpochs.MAX_SKIPPED) {
      kept.remove(kept.firstKey());
    }
    return kept;
  }
}
