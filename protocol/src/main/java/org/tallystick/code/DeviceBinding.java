package org.tallystick.code;

import org.tallystick.format.Suite;

/**
 * What enrolment tied together, as both sides know it.
 *
 * @param consortium two letters
 * @param suite fixed at enrolment
 * @param deviceId 16 bytes
 * @param accountIdentifier 16 bytes
 * @param contractId 16 bytes
 * @param bindingValue account binding value, 16 bytes
 */
public record DeviceBinding(
    String consortium,
    Suite suite,
    byte[] deviceId,
    byte[] accountIdentifier,
    byte[] contractId,
    byte[] bindingValue) {
  @Override
  public String toString() {
    return "DeviceBinding[" + consortium + "]";
  }
}
