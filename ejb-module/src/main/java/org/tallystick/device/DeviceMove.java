package org.tallystick.device;

/** What became of the staff's wish to move a device to another state. */
public sealed interface DeviceMove {
  /** It stands there now. */
  record Moved(DeviceState state) implements DeviceMove {}

  /** From where it stands, and for the reason it does, that state cannot follow. */
  record NotPermitted() implements DeviceMove {}

  /** There is no such device. */
  record Unknown() implements DeviceMove {}
}
