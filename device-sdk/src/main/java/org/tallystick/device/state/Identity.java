package org.tallystick.device.state;

import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceBinding;
import org.tallystick.crypto.Secret;

/**
 * What enrolment fixed for the device's life.
 *
 * @param binding identifiers
 * @param role USER or PROVIDER
 * @param profile 1 attended, 2 operator session
 * @param contractVersion of the agreement that the person accepted
 * @param contractHash of that agreement, 32 bytes
 * @param bindingRecord COSE_Sign1 by the bank
 * @param signingKey device key, scalar of 32 bytes
 * @param rekeyRoot root(0), 32 bytes, for the rekey of format 1
 * @param pin or null where none was chosen
 */
public record Identity(
    DeviceBinding binding,
    String role,
    int profile,
    long contractVersion,
    byte[] contractHash,
    byte[] bindingRecord,
    Secret signingKey,
    Secret rekeyRoot,
    @Nullable PinMaterial pin) {
  /** Role of a party that asks for payment. */
  public static final String PROVIDER = "PROVIDER";

  /** Whether this device asks for payment. */
  public boolean isProvider() {
    return role.equals(PROVIDER);
  }

  @Override
  public String toString() {
    return "Identity[" + role + "]";
  }
}
