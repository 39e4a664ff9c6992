package org.tallystick.code;

import java.util.Optional;
import org.tallystick.pairing.SlotKey;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.NumberAt;

/**
 * A code that has used up its number, and the device whose it is; it is still to be judged.
 *
 * @param arrived as it came
 * @param device that made it
 * @param used the number
 * @param result what opening found: opened, from before a restore, or compromised
 */
record OpenedCode(ArrivedCode arrived, LockedDevice device, ConsumedRow used, OpenResult result) {
  /** O4 to O9; empty where the code is dropped. */
  static Optional<OpenedCode> open(ArrivedCode arrived, LockedDevice device, long nowMillis) {
    OpenResult result =
        device.open(arrived.code(), nowMillis, nowMillis + SignedMap.MAX_LIFE_MILLIS);
    if (result instanceof OpenResult.Opened good) {
      return Optional.of(read(arrived, device, good.half(), good, good.next()));
    }
    if (result instanceof OpenResult.RekeyFirst old) {
      return Optional.of(read(arrived, device, old.half(), old, old.next()));
    }
    if (result instanceof OpenResult.Compromised broken) {
      byte[] prev = new byte[ConsumedRow.PREV_LENGTH];
      return Optional.of(used(arrived, device, broken.at(), prev, broken, broken.next()));
    }
    return Optional.empty();
  }

  private static OpenedCode read(
      ArrivedCode arrived,
      LockedDevice device,
      OpenedHalf half,
      OpenResult result,
      DeviceEpochs next) {
    SignedMap signed = half.signed();
    NumberAt at = new NumberAt(signed.epoch(), signed.n());
    return used(arrived, device, at, signed.prev(), result, next);
  }

  private static OpenedCode used(
      ArrivedCode arrived,
      LockedDevice device,
      NumberAt at,
      byte[] prev,
      OpenResult result,
      DeviceEpochs next) {
    ConsumedRow row =
        new ConsumedRow(
            arrived.device(), at.epoch(), at.n(), arrived.hash(), prev, arrived.code().number());
    device.used(next, row);
    return new OpenedCode(arrived, device, row, result);
  }

  /** O8b: the number that the half carries, where it is not its sequencer's own. */
  Optional<String> drawnNumber() {
    return result instanceof OpenResult.Opened good && !good.half().numberIsOwn()
        ? Optional.of(used.number())
        : Optional.empty();
  }

  /** O8c: the purchase that a later step says it belongs to. */
  Optional<SlotKey> purchase() {
    return result instanceof OpenResult.Opened good && good.half().signed().purpose().isLaterStep()
        ? Optional.of(
            new SlotKey(
                arrived.code().consortium(), used.number(), good.half().signed().billHash()))
        : Optional.empty();
  }

  /** Whether there are proofs of level PINs to be checked. */
  boolean provesLevels() {
    return result instanceof OpenResult.Opened good
        && !good.half().privateMap().levelProofs().isEmpty();
  }

  /** The line of the device's log that the half names, which has to be the bank's too. */
  Optional<BatchFacts.At> namedLine() {
    return result instanceof OpenResult.Opened good && good.half().signed().logIndex() > 0
        ? Optional.of(new BatchFacts.At(arrived.device(), good.half().signed().logIndex()))
        : Optional.empty();
  }
}
