package org.tallystick.device;

import java.util.Optional;

/** What enrolment needs of the place where devices are kept. */
public interface DeviceStore {
  /** An index that no device has had. */
  long nextIndex();

  /** Whether a device with this key, 33 bytes, was ever bound. */
  boolean holdsKey(byte[] publicKey);

  /** Keeps a new device with its sequencer, its epoch and its log. */
  void add(Device device, DeviceSequencer sequencer, DeviceEpoch epoch, DeviceLogHead head);

  /** The device with an index, locked. */
  Optional<Device> lock(long index);

  /** Keeps the record of a change of state. */
  void record(DeviceTransition line);
}
