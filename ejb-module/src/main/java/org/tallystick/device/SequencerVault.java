package org.tallystick.device;

import java.util.Arrays;
import org.tallystick.codec.Base64Url;
import org.tallystick.keys.KeyVault;
import org.tallystick.sequencer.DeviceEpochs;

/**
 * Wraps and opens duplicate sequencers, which hold the roots of a device's epochs too: each state
 * is tied to its device and sealed under the key of the day it was written.
 */
public final class SequencerVault {
  private final KeyVault vault;

  /** Wraps by a vault. */
  public SequencerVault(KeyVault vault) {
    this.vault = vault;
  }

  /** The row of a new device. */
  public DeviceSequencer row(long deviceIndex, DeviceEpochs state) {
    return new DeviceSequencer(
        deviceIndex, state.newest().number(), state.newest().next(), wrap(state));
  }

  /** The state that a row holds. */
  public DeviceEpochs open(DeviceSequencer row, byte[] deviceId) {
    return unwrap(row.stateWrapped(), deviceId);
  }

  /** Puts the permitted next state into a row. */
  public void store(DeviceSequencer row, DeviceEpochs next) {
    row.advance(next.newest().number(), next.newest().next(), wrap(next));
  }

  /** The bytes to store. */
  public byte[] wrap(DeviceEpochs state) {
    byte[] clear = state.encode();
    try {
      return vault.wrap(clear, context(state.deviceId()));
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /** Inverse of {@link #wrap}. */
  public DeviceEpochs unwrap(byte[] wrapped, byte[] deviceId) {
    byte[] clear = vault.unwrap(wrapped, context(deviceId));
    try {
      return DeviceEpochs.decode(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private static String context(byte[] deviceId) {
    return "sequencer/" + Base64Url.encode(deviceId);
  }
}
