package org.tallystick.simulation;

import org.jspecify.annotations.Nullable;
import org.tallystick.code.Code;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.Epoch;

/** Bugs around the switch of epochs that hide the older epoch from the opener. */
final class EpochPlants {
  private EpochPlants() {}

  /** The state as the opener is shown it. */
  static DeviceEpochs seen(World world, DeviceEpochs epochs, Code code) {
    if (epochs.older() == null) {
      return epochs;
    }
    DeviceEpochs alone = with(epochs, null);
    boolean hidden =
        world.planted(Plant.LOOK_UP_IN_NEWEST_ONLY)
            || (world.planted(Plant.CLOSED_NOT_COMPARED)
                && alone.find(code.hint(), world.now()).isPresent());
    return hidden ? alone : epochs;
  }

  /** The state to store, with what was hidden. */
  static DeviceEpochs stored(DeviceEpochs before, DeviceEpochs next) {
    return next.older() == null && before.older() != null ? with(next, before.older()) : next;
  }

  private static DeviceEpochs with(DeviceEpochs epochs, @Nullable Epoch older) {
    return new DeviceEpochs(
        epochs.suite(),
        epochs.deviceId(),
        epochs.newest(),
        older,
        epochs.skipped(),
        epochs.notices(),
        epochs.rekeyedBy(),
        epochs.undueMillis());
  }
}
