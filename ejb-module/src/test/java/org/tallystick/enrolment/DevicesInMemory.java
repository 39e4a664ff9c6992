package org.tallystick.enrolment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceEpoch;
import org.tallystick.device.DeviceLogHead;
import org.tallystick.device.DeviceSequencer;
import org.tallystick.device.DeviceStore;
import org.tallystick.device.DeviceTransition;

/** Devices without a database. */
final class DevicesInMemory implements DeviceStore {
  final List<Device> devices = new ArrayList<>();
  final List<DeviceSequencer> sequencers = new ArrayList<>();
  final List<DeviceEpoch> epochs = new ArrayList<>();
  final List<DeviceLogHead> heads = new ArrayList<>();
  final List<DeviceTransition> transitions = new ArrayList<>();

  @Override
  public long nextIndex() {
    return devices.size() + 1L;
  }

  @Override
  public boolean holdsKey(byte[] publicKey) {
    return devices.stream().anyMatch(d -> Arrays.equals(d.evidence().publicKey(), publicKey));
  }

  @Override
  public void add(Device device, DeviceSequencer sequencer, DeviceEpoch epoch, DeviceLogHead head) {
    devices.add(device);
    sequencers.add(sequencer);
    epochs.add(epoch);
    heads.add(head);
  }

  @Override
  public Optional<Device> lock(long index) {
    return devices.stream().filter(device -> device.index() == index).findFirst();
  }

  @Override
  public void record(DeviceTransition line) {
    transitions.add(line);
  }
}
