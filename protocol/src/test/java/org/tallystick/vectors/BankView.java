package org.tallystick.vectors;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.tallystick.code.LogHeads;
import org.tallystick.crypto.Secret;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.DownChain;
import org.tallystick.sequencer.Epoch;

/** The bank's duplicate sequencer, as a vector tells it. */
final class BankView {
  private BankView() {}

  /** The one line of the device's log that matters. */
  static LogHeads heads(VectorReader bank) {
    return index ->
        index == bank.integer("logIndex") ? Optional.of(bank.hex("logHead")) : Optional.empty();
  }

  /**
   * One open epoch.
   *
   * @param next number that the bank waits for
   */
  static DeviceEpochs of(VectorReader bank, long next) {
    Epoch epoch =
        new Epoch(
            bank.integer("epoch"),
            next,
            next,
            0,
            0,
            Secret.adopt(new byte[32]),
            new Epoch.Chain(bank.secret("chain"), bank.secret("string2")));
    return new DeviceEpochs(
        bank.suite(),
        bank.hex("deviceId"),
        epoch,
        null,
        new TreeMap<>(),
        new DownChain(epoch.number(), 1, Secret.adopt(new byte[32])),
        null,
        List.of());
  }
}
