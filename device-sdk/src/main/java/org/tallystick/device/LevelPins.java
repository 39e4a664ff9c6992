package org.tallystick.device;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.Secret;
import org.tallystick.device.result.DeviceRefusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.PendingRequest;
import org.tallystick.device.state.PinMaterial;
import org.tallystick.pin.Level;
import org.tallystick.pin.PinVerifier;
import org.tallystick.request.LevelPin;
import org.tallystick.request.RequestKeys;
import org.tallystick.request.RequestResult;

/**
 * Sets, changes and removes the PINs of levels. Like a change of the PIN itself the request is not
 * stored. From when it is made until the bank has said so the level has no PIN here: one that the
 * bank no longer has would count as a wrong PIN. Where the reply is lost, the person sets it again.
 *
 * <p>Source: docs/PROTOCOL.md sections 7 and 10.2, kind 10.
 */
final class LevelPins {
  private static final int SALT_LENGTH = 16;
  private static final int SECRET_LENGTH = 32;

  /** After these the bank has changed nothing. */
  private static final Set<String> SAID_NO =
      Set.of("not-permitted", "limit", "wrong-pin", "blocked", "arguments", "challenge");

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
      return Result.refused("level", "levels are 1 to 7, a PIN is text");
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
    if (bound == null || held == null) {
      return Result.refused("pin", "this device was enrolled without a PIN");
    }
    if (pin.length == 0 || (fresh != null && fresh.length == 0)) {
      return Result.refused("pin", "a PIN is not empty");
    }
    PinMaterial before = bound.identity().levels().get(Level.require(level));
    PinMaterial next = fresh == null ? null : material();
    PinVerifier after = fresh == null || next == null ? null : next.verifier(fresh);
    Result<RequestResult> done;
    try (PinVerifier own = held.verifier(pin)) {
      done =
          requests.changeUnstored(
              (sealer, device, root, good, alias) -> {
                keep(level, null);
                return PendingRequest.of(
                    sealer.seal(
                        root,
                        good,
                        alias,
                        (RequestKeys keys) -> LevelPin.change(own, level, after, keys),
                        core.now()));
              });
    } finally {
      if (after != null) {
        after.close();
      }
    }
    boolean isDone = done.refusal().isEmpty();
    boolean isRefused =
        done.refusal()
            .map(why -> why instanceof DeviceRefusal own && SAID_NO.contains(own.step()))
            .orElse(false);
    PinMaterial left = isDone ? next : isRefused ? before : null;
    if (left != null) {
      keep(level, left);
    }
    Stream.of(before, next)
        .filter(material -> material != null && !material.equals(left))
        .forEach(material -> wipeUnlessKept(level, material));
    return done;
  }

  /** A request that never went out has left the old one where it was. */
  private void wipeUnlessKept(int level, PinMaterial material) {
    Bound bound = core.state().bound();
    if (bound == null || !material.equals(bound.identity().levels().get(level))) {
      material.secret().close();
    }
  }

  private PinMaterial material() {
    byte[] salt = new byte[SALT_LENGTH];
    core.random().nextBytes(salt);
    return new PinMaterial(salt, Secret.random(core.random(), SECRET_LENGTH), core.pinIterations());
  }

  private void keep(int level, @Nullable PinMaterial material) {
    synchronized (core.file()) {
      Bound bound = core.state().bound();
      if (bound != null) {
        core.file().store(core.state().with(bound.with(level, material)));
      }
    }
  }
}
