package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.LogHeads;
import org.tallystick.crypto.Secret;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.DownChain;
import org.tallystick.sequencer.Epoch;
import org.tallystick.sequencer.NumberAt;
import org.tallystick.sequencer.SkippedKey;

/** The bank's duplicate sequencer and what goes with it, as a vector tells it. */
final class BankView {
  private BankView() {}

  /** The one line of the device's log that matters. */
  static LogHeads heads(VectorReader bank) {
    return index ->
        index == bank.integer("logIndex") ? Optional.of(bank.hex("logHead")) : Optional.empty();
  }

  /**
   * An open epoch, with one before it or not.
   *
   * @param next number that the bank waits for
   */
  static DeviceEpochs of(VectorReader bank, long next) {
    Epoch newest = epoch(bank, next, next);
    JsonNode older = bank.node().path("older");
    return new DeviceEpochs(
        bank.suite(),
        bank.hex("deviceId"),
        newest,
        older.isMissingNode() ? null : older(new VectorReader(older)),
        skipped(bank.node().path("skipped")),
        new DownChain(newest.number(), 1, Secret.adopt(new byte[32])),
        null,
        List.of());
  }

  private static Epoch older(VectorReader epoch) {
    return epoch(epoch, epoch.integer("first"), epoch.integer("next"));
  }

  private static Epoch epoch(VectorReader epoch, long first, long next) {
    byte[] chain = epoch.hexOrNull("chain");
    return new Epoch(
        epoch.integer("epoch"),
        first,
        next,
        0,
        0,
        Secret.adopt(new byte[32]),
        chain == null ? null : new Epoch.Chain(Secret.adopt(chain), epoch.secret("string2")));
  }

  private static SortedMap<NumberAt, SkippedKey> skipped(@Nullable JsonNode key) {
    TreeMap<NumberAt, SkippedKey> keys = new TreeMap<>();
    if (key != null && !key.isMissingNode()) {
      VectorReader v = new VectorReader(key);
      keys.put(
          new NumberAt(v.integer("epoch"), v.integer("n")),
          new SkippedKey(v.secret("P"), 0, Long.MAX_VALUE));
    }
    return keys;
  }
}
