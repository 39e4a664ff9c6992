package org.tallystick.simulation;

import org.jspecify.annotations.Nullable;
import org.tallystick.rekey.PendingRekey;
import org.tallystick.sequencer.EpochRoot;

/**
 * What a device keeps for its requests (R.2).
 *
 * @param root of its epoch
 * @param previous root of the epoch that this one was made from
 * @param pending rekey that was begun and has no reply yet
 * @param recoveryEpoch of the bank when the epoch was made
 * @param knownRecovery highest recovery epoch of the bank that was seen
 * @param startedAt device clock, beginning of the epoch
 * @param logToAsk whether the bank must be asked where its log stands before the next code
 */
record DeviceRoots(
    EpochRoot root,
    @Nullable EpochRoot previous,
    @Nullable PendingRekey pending,
    long recoveryEpoch,
    long knownRecovery,
    long startedAt,
    boolean logToAsk) {
  static DeviceRoots enrolled(EpochRoot root, long startedAt) {
    return new DeviceRoots(root, null, null, 0, 0, startedAt, false);
  }

  /** Whether the bank was restored since the epoch was made: no code before a rekey. */
  boolean mustRekey() {
    return knownRecovery > recoveryEpoch;
  }

  /** Whether nothing forbids a code. */
  boolean maySeal() {
    return !mustRekey() && !logToAsk;
  }

  DeviceRoots pending(@Nullable PendingRekey begun) {
    return new DeviceRoots(
        root, previous, begun, recoveryEpoch, knownRecovery, startedAt, logToAsk);
  }

  DeviceRoots knowing(long recovery) {
    return new DeviceRoots(
        root,
        previous,
        pending,
        recoveryEpoch,
        Math.max(recovery, knownRecovery),
        startedAt,
        logToAsk);
  }

  DeviceRoots logKnown() {
    return new DeviceRoots(root, previous, pending, recoveryEpoch, knownRecovery, startedAt, false);
  }

  /** The one of both that belongs to an epoch. */
  @Nullable EpochRoot of(long epoch) {
    return root.epoch() == epoch
        ? root
        : previous != null && previous.epoch() == epoch ? previous : null;
  }
}
