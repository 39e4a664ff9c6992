package org.tallystick.device;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceSequence;
import org.tallystick.crypto.Secret;
import org.tallystick.device.DeviceEvents.Stage;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.HeldEpoch;
import org.tallystick.rekey.PendingRekey;
import org.tallystick.request.RequestResult;
import org.tallystick.sequencer.DownChain;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;

/**
 * Puts a fresh epoch in the place of the present one, in one state.
 *
 * <p>Source: docs/PROTOCOL.md section 10.1.
 */
final class EpochChange {
  private final Core core;

  EpochChange(Core core) {
    this.core = core;
  }

  /** The state with the fresh epoch (10.1). */
  Result<Bound> apply(Bound bound, PendingRekey begun, RequestResult.Rekey given) {
    EpochRoot base = root(bound, begun.sent().epoch());
    Optional<EpochSecrets> agreed =
        base == null ? Optional.empty() : begun.complete(base, bound.identity().binding(), given);
    if (base == null || agreed.isEmpty()) {
      return Result.refused("R10", "the reply does not fit the rekey");
    }
    try (EpochSecrets secrets = agreed.get()) {
      DeviceSequence sequence =
          base.epoch() == bound.sequence().epoch()
              ? bound.sequence().rekeyed(given.epoch(), secrets)
              : bound.sequence().rekeyedFromPrevious(given.epoch(), secrets);
      EpochRoot fresh = new EpochRoot(given.epoch(), Secret.copyOf(secrets.root().reveal()));
      HeldEpoch epoch =
          bound
              .epoch()
              .rekeyed(
                  fresh,
                  base,
                  core.now(),
                  given.recoveryEpoch(),
                  DownChain.initial(given.epoch(), secrets.down()),
                  given.notices());
      Bound next = bound.rekeyed(epoch, sequence, given.aliases());
      boolean isRaised = given.recoveryEpoch() > bound.epoch().recoveryEpoch();
      return Result.ok(isRaised ? next.with(next.log().unsettled()) : next);
    }
  }

  private static @Nullable EpochRoot root(Bound bound, long epoch) {
    EpochRoot previous = bound.epoch().previous();
    if (bound.epoch().root().epoch() == epoch) {
      return bound.epoch().root();
    }
    return previous != null && previous.epoch() == epoch ? previous : null;
  }

  /** The fresh epoch is durable: what opened the old one is wiped. */
  void applied(Bound before, Bound after) {
    if (before.sequence().epoch() == after.sequence().epoch()) {
      return;
    }
    before.sequence().chain().close();
    before.sequence().string2().close();
    core.events().progress("", Stage.REKEYED);
    core.events().epoch(after.sequence().epoch(), after.epoch().recoveryEpoch());
  }
}
