package org.tallystick.device;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.Secret;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.PendingRequest;
import org.tallystick.device.state.PinMaterial;
import org.tallystick.pin.PinVerifier;
import org.tallystick.request.LevelPin;
import org.tallystick.request.RequestKeys;
import org.tallystick.request.RequestResult;

/**
 * Sets, changes and removes the PINs of levels. Like a change of the PIN itself the request is not
 * stored: where its reply is lost, the person does it again.
 *
 * <p>Source: docs/PROTOCOL.md sections 7 and 10.2, kind 10.
 */
final class LevelPins {
  private static final int SALT_LENGTH = 16;
  private static final int SECRET_LENGTH = 32;

  private final Core core;
  private final RequestDesk requests;

  LevelPins(Core core, RequestDesk requests) {
    this.core = core;
    this.requests = requests;
  }

  /**
   * Sets a level's PIN.
   *
   * @param level 1 to 7
   * @param pin of the device, wiped here
   * @param fresh of the level, wiped here, or null to remove it
   */
  Result<RequestResult> set(int level, char[] pin, char @Nullable [] fresh) {
    try {
      return change(level, pin, fresh);
    } catch (IllegalArgumentException e) {
      return Result.refused("level-pin", "levels are 1 to 7, a PIN is text");
    } finally {
      Arrays.fill(pin, '\0');
      if (fresh != null) {
        Arrays.fill(fresh, '\0');
      }
    }
  }

  private Result<RequestResult> change(int level, char[] pin, char @Nullable [] fresh) {
    Bound bound = core.state().bound();
    PinMaterial held = bound == null ? null : bound.identity().pin();
    if (held == null) {
      return Result.refused("pin", "this device was enrolled without a PIN");
    }
    if (pin.length == 0 || (fresh != null && fresh.length == 0)) {
      return Result.refused("pin", "a PIN is not empty");
    }
    PinMaterial next = fresh == null ? null : material();
    PinVerifier after = fresh == null || next == null ? null : next.verifier(fresh);
    try (PinVerifier own = held.verifier(pin)) {
      return requests
          .changeUnstored(
              (sealer, device, root, good, alias) ->
                  PendingRequest.of(
                      sealer.seal(
                          root,
                          good,
                          alias,
                          (RequestKeys keys) -> LevelPin.change(own, level, after, keys),
                          core.now())))
          .then(done -> kept(level, next, done));
    } finally {
      if (after != null) {
        after.close();
      }
    }
  }

  private PinMaterial material() {
    byte[] salt = new byte[SALT_LENGTH];
    core.random().nextBytes(salt);
    return new PinMaterial(salt, Secret.random(core.random(), SECRET_LENGTH), core.pinIterations());
  }

  private Result<RequestResult> kept(
      int level, @Nullable PinMaterial next, RequestResult done) {
    synchronized (core.file()) {
      return core.active(core.state())
          .then(
              bound -> {
                PinMaterial before = bound.identity().levels().get(level);
                core.file().store(core.state().with(bound.with(level, next)));
                if (before != null) {
                  before.secret().close();
                }
                return Result.ok(done);
              });
    }
  }
}
