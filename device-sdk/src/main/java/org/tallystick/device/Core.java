package org.tallystick.device;

import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.DeviceState;
import org.tallystick.device.state.HeldKeys;
import org.tallystick.device.state.StateFile;
import org.tallystick.device.transport.BankConnection;

/**
 * What all parts of a device share. Who reads the state to change it holds the file's monitor until
 * it is stored; nobody holds it while a message is under way.
 */
record Core(
    StateFile file,
    BankConnection bank,
    Clock clock,
    SecureRandom random,
    DeviceEvents events,
    int pinIterations) {

  DeviceState state() {
    return file.state();
  }

  long now() {
    return clock.millis();
  }

  /** The enrolled and confirmed device, or why there is none. */
  Result<Bound> active(DeviceState state) {
    Bound bound = state.bound();
    if (bound == null) {
      return Result.refused("not-enrolled", "this device is not enrolled");
    }
    if (bound.confirmation() != null) {
      return Result.refused("not-confirmed", "the bank has not confirmed the enrolment yet");
    }
    return Result.ok(bound);
  }

  /** The device key; the caller closes it. */
  static SigningKey signingKey(Bound bound) {
    return SigningKey.ofScalar(bound.identity().signingKey().reveal());
  }

  /**
   * K1 to K3 over keys as sent.
   *
   * @param held before, or null
   */
  Result<HeldKeys> check(BankConnection.Keys sent, String consortium, @Nullable HeldKeys held) {
    HeldKeys fresh;
    try {
      fresh =
          HeldKeys.verify(sent.root(), sent.sign1(), state().bank().rootFingerprint(), consortium);
    } catch (IllegalArgumentException e) {
      return Result.refused("K2", "the bank's keys are not signed by the pinned root");
    }
    if (held != null && !fresh.set().mayFollow(held.set())) {
      return Result.refused("K3", "the bank's keys are older than those held");
    }
    return Result.ok(fresh);
  }

  /** Fetches the bank's keys and keeps them if they are newer. */
  Result<HeldKeys> refreshKeys() {
    HeldKeys held = state().keys();
    if (held == null) {
      return Result.refused("not-enrolled", "this device has no bank keys yet");
    }
    return bank.keys()
        .then(sent -> check(sent, held.set().consortium(), held))
        .then(
            fresh -> {
              synchronized (file) {
                HeldKeys current = state().keys();
                if (current == null || fresh.set().version() > current.set().version()) {
                  file.store(state().with(fresh));
                }
              }
              return Result.ok(fresh);
            });
  }
}
