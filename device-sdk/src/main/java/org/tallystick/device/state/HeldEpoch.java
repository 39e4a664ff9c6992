package org.tallystick.device.state;

import org.jspecify.annotations.Nullable;
import org.tallystick.sequencer.EpochRoot;

/**
 * What a device holds of its present epoch beside the sequencer: the roots that requests are made
 * with, and the keys of the bank's notices.
 *
 * <p>Source: docs/PROTOCOL.md sections 4, 10 and 11.
 *
 * @param root of the present epoch
 * @param previous root of the epoch before, for a bank that was restored to before the rekey; or
 *     null
 * @param first number of the epoch
 * @param beganAtMillis by the device's clock
 * @param recoveryEpoch of the bank when the epoch was made
 * @param notices keys of the next notice
 * @param earlier keys of notices of the epoch before that are still to be fetched, or null
 */
public record HeldEpoch(
    EpochRoot root,
    @Nullable EpochRoot previous,
    long first,
    long beganAtMillis,
    long recoveryEpoch,
    DownChain notices,
    @Nullable DownChain earlier) {
  /** The first epoch, from enrolment. */
  public static HeldEpoch initial(
      EpochRoot root, long first, long nowMillis, long recoveryEpoch, DownChain notices) {
    return new HeldEpoch(root, null, first, nowMillis, recoveryEpoch, notices, null);
  }

  /** A notice was taken: its chain went on, or, with null, the earlier one has ended. */
  public HeldEpoch with(@Nullable DownChain nextEarlier, DownChain next) {
    return new HeldEpoch(root, previous, first, beganAtMillis, recoveryEpoch, next, nextEarlier);
  }

  /** Wipes all secrets. */
  void wipe() {
    root.root().close();
    notices.secret().close();
    if (previous != null) {
      previous.root().close();
    }
    if (earlier != null) {
      earlier.secret().close();
    }
  }

  @Override
  public String toString() {
    return "HeldEpoch[" + root.epoch() + "]";
  }
}
