package org.tallystick.decision;

import org.tallystick.code.BoundDevice;
import org.tallystick.code.HalfRow;
import org.tallystick.code.SignedMap;

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
    return new Side(half, bound.said(signed), bound);
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
