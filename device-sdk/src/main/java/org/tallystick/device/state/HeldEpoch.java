package org.tallystick.device.state;

import org.jspecify.annotations.Nullable;
import org.tallystick.sequencer.DownChain;
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
 * @param beganAtMillis by the device's clock
 * @param recoveryEpoch of the bank when the epoch was made
 * @param notices of the present epoch
 * @param earlier of the epoch before, while some are still to be fetched; or null
 */
public record HeldEpoch(
    EpochRoot root,
    @Nullable EpochRoot previous,
    long beganAtMillis,
    long recoveryEpoch,
    NoticeInbox notices,
    @Nullable NoticeInbox earlier) {
  /** The first epoch, from enrolment. */
  public static HeldEpoch initial(
      EpochRoot root, long nowMillis, long recoveryEpoch, DownChain down) {
    return new HeldEpoch(root, null, nowMillis, recoveryEpoch, NoticeInbox.of(down), null);
  }

  /**
   * A rekey is done.
   *
   * @param base root that it grew from
   * @param made notices that the bank made in the epoch that ends
   */
  public HeldEpoch rekeyed(
      EpochRoot fresh, EpochRoot base, long nowMillis, long recovery, DownChain down, long made) {
    NoticeInbox left = notices.upTo(made);
    return new HeldEpoch(
        fresh, base, nowMillis, recovery, NoticeInbox.of(down), left.lags() ? left : earlier);
  }

  /** Notices were taken or told of. */
  public HeldEpoch with(NoticeInbox next, @Nullable NoticeInbox nextEarlier) {
    return new HeldEpoch(root, previous, beganAtMillis, recoveryEpoch, next, nextEarlier);
  }

  /** Wipes all secrets. */
  void wipe() {
    root.root().close();
    notices.chain().down().close();
    if (previous != null) {
      previous.root().close();
    }
    if (earlier != null) {
      earlier.chain().down().close();
    }
  }

  @Override
  public String toString() {
    return "HeldEpoch[" + root.epoch() + "]";
  }
}
