package org.tallystick.code;

import java.util.Arrays;
import java.util.Optional;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.Epoch;
import org.tallystick.sequencer.NumberAt;

/**
 * Whether a code belongs to the one history of its device that the bank knows: O9 and O9b. A copy
 * of a device is found here at the first code with which it goes another way.
 *
 * <p>Source: docs/PROTOCOL.md sections 4 (S5 to S7) and 5.2.
 */
final class CodeHistory {
  private final DeviceEpochs epochs;
  private final ConsumedCodes consumed;
  private final LogHeads log;

  CodeHistory(DeviceEpochs epochs, ConsumedCodes consumed, LogHeads log) {
    this.epochs = epochs;
    this.consumed = consumed;
    this.log = log;
  }

  /** O9: neither the switch from the older epoch nor an accepted neighbour contradicts it. */
  boolean fits(SignedMap signed, byte[] codeHash) {
    return closedFits(signed) && prevFits(signed) && nextFits(signed, codeHash);
  }

  /** O9b: the device holds the log that the bank wrote for it. */
  boolean logFits(SignedMap signed) {
    return log.fits(signed.logIndex(), signed.logHead());
  }

  /** S6: whether this is the code that closes the older epoch. */
  boolean closes(SignedMap signed) {
    return switchedFrom(signed).map(Epoch::isOpen).orElse(false);
  }

  /** What the code says of the older epoch. */
  long closed(SignedMap signed) {
    Long closed = signed.closed();
    if (closed == null) {
      throw new IllegalStateException("epoch 0 closes none");
    }
    return closed;
  }

  /** The older epoch, for a code of the newest. */
  private Optional<Epoch> switchedFrom(SignedMap signed) {
    return Optional.ofNullable(epochs.older())
        .filter(older -> signed.epoch() == epochs.newest().number());
  }

  private boolean closedFits(SignedMap signed) {
    return switchedFrom(signed)
        .map(
            older -> {
              long closed = closed(signed);
              return older.isOpen()
                  ? older.next() <= closed && closed <= older.end()
                  : closed == older.next();
            })
        .orElse(true);
  }

  private boolean prevFits(SignedMap signed) {
    NumberAt before = new NumberAt(signed.epoch(), Math.max(0, signed.n() - 1));
    if (signed.n() == epochs.newest().first() && switchedFrom(signed).isPresent()) {
      Epoch older = switchedFrom(signed).get();
      if (closed(signed) == older.first()) {
        return true; // no code was made there: which one came before is not known
      }
      before = new NumberAt(older.number(), closed(signed) - 1); // S7
    }
    return consumed
        .byNumber(before.epoch(), before.n())
        .map(code -> Arrays.equals(Arrays.copyOf(code.codeHash(), 16), signed.prev()))
        .orElse(true);
  }

  private boolean nextFits(SignedMap signed, byte[] codeHash) {
    NumberAt after = new NumberAt(signed.epoch(), signed.n() + 1);
    Epoch older = epochs.older();
    if (older != null
        && !older.isOpen()
        && signed.epoch() == older.number()
        && signed.n() + 1 == older.next()) {
      after = new NumberAt(epochs.newest().number(), epochs.newest().first()); // S7
    }
    return consumed
        .byNumber(after.epoch(), after.n())
        .map(code -> Arrays.equals(code.prev(), Arrays.copyOf(codeHash, 16)))
        .orElse(true);
  }
}
