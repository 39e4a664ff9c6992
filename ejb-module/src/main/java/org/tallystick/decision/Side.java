package org.tallystick.decision;

import org.tallystick.code.BoundDevice;
import org.tallystick.code.HalfRow;
import org.tallystick.code.SignedMap;
import org.tallystick.device.BoundEvidence;

/**
 * One of two paired halves with who made it.
 *
 * @param half as stored
 * @param signed what it says, with account and contract where it leaves them out
 * @param bound device and party
 */
record Side(HalfRow half, SignedMap signed, BoundDevice bound) {
  static Side of(HalfRow half, BoundDevice bound) {
    SignedMap signed =
        half.readable()
            .orElseThrow(() -> new IllegalStateException("half " + half.id() + " has no terms"))
            .signed();
    BoundEvidence evidence = bound.device().evidence();
    return new Side(
        half, signed.boundTo(evidence.accountIdentifier(), evidence.contractId()), bound);
  }

  boolean deviceActive() {
    return bound.device().state().mayTransact();
  }

  boolean partyActive() {
    return bound.party().state().mayTransact();
  }

  long partyId() {
    return bound.party().id();
  }
}
