package org.tallystick.device;

import java.util.Arrays;
import org.tallystick.codec.Base64Url;
import org.tallystick.keys.KeyVault;
import org.tallystick.sequencer.SequencerState;

/**
 * Wraps and opens duplicate sequencers: each state is tied to its device and sealed under the key
 * of the day it was written.
 */
public final class SequencerVault {
  private final KeyVault vault;

  /** Wraps by a vault. */
  public SequencerVault(KeyVault vault) {
    this.vault = vault;
  }

  /** The row of a new device. */
  public DeviceSequencer row(long deviceIndex, SequencerState state) {
    return new DeviceSequencer(
        deviceIndex, state.epoch(), state.next(), wrap(state), vault.recoveryEpoch());
  }

  /** The state that a row holds. */
  public SequencerState open(DeviceSequencer row, byte[] deviceId) {
    return unwrap(row.stateWrapped(), deviceId);
  }

  /** Puts the permitted next state into a row. */
  public void store(DeviceSequencer row, SequencerState next) {
    row.advance(next.next(), wrap(next));
  }

  /** The bytes to store. */
  public byte[] wrap(SequencerState state) {
    byte[] clear = state.encode();
    try {
      return vault.wrap(clear, context(state.deviceId()));
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /** Inverse of {@link #wrap}. */
  public SequencerState unwrap(byte[] wrapped, byte[] deviceId) {
    byte[] clear = vault.unwrap(wrapped, context(deviceId));
    try {
      return SequencerState.decode(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private static String context(byte[] deviceId) {
    return "sequencer/" + Base64Url.encode(deviceId);
  }
}
