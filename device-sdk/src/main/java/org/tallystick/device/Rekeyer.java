package org.tallystick.device;

import java.util.List;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.DeviceSequence;
import org.tallystick.device.DeviceEvents.Stage;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.HeldKeys;
import org.tallystick.device.state.PendingRequest;
import org.tallystick.rekey.PendingRekey;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestResult;
import org.tallystick.request.StatusResult;
import org.tallystick.sequencer.EpochRoot;

/**
 * Begins fresh epochs: when one is due, when the bank has raised its recovery epoch, and when the
 * device finds itself beside the bank. It goes on sealing in the old epoch until the reply is here.
 *
 * <p>Source: docs/PROTOCOL.md sections 4 (S4) and 10.1.
 */
final class Rekeyer {
  private final Core core;
  private final RequestDesk requests;

  Rekeyer(Core core, RequestDesk requests) {
    this.core = core;
    this.requests = requests;
  }

  /** Whether no half may be made before a rekey: the bank has raised its recovery epoch. */
  boolean mustRekey(Bound bound) {
    HeldKeys keys = core.state().keys();
    return keys != null && keys.set().recoveryEpoch() > bound.epoch().recoveryEpoch();
  }

  /** Whether it is time for a fresh epoch (S4). */
  boolean isDue(Bound bound) {
    DeviceSequence sequence = bound.sequence();
    boolean isOld = core.now() - bound.epoch().beganAtMillis() >= DeviceSequence.REKEY_AFTER_MILLIS;
    boolean isUsed =
        sequence.used() >= DeviceSequence.REKEY_AFTER_NUMBERS || (isOld && sequence.used() > 0);
    return mustRekey(bound) || (isUsed && isAnswered(bound));
  }

  /**
   * Whether a code of the present epoch has its final answer, so that the bank has done with the
   * epoch before. Two rekeys without one between would leave three epochs; the bank keeps two.
   */
  private static boolean isAnswered(Bound bound) {
    return bound.sequence().epoch() == 0 || bound.reached() > bound.sequence().start().first();
  }

  /** Rekeys if it is time; done where it is not. */
  Result<RequestResult> rekeyIfDue() {
    return core.active(core.state())
        .then(bound -> isDue(bound) ? rekey() : Result.ok(new RequestResult.Done()));
  }

  /**
   * What is best done when an answer has just been taken: the bank is there and nobody waits. What
   * does not succeed now is tried after the next answer.
   */
  void keepUp(FinishedEntry ended) {
    if (ended.reason() == ReasonClass.REKEY_FIRST) {
      core.refreshKeys();
    }
    if (ended.ending() == Ending.NOT_ACCEPTED) {
      rekey();
    } else {
      rekeyIfDue();
    }
  }

  /** Rekeys because the owner wants it, where the present epoch has an answered code. */
  Result<RequestResult> rekeyOnDemand() {
    return core.active(core.state())
        .then(
            bound ->
                bound.pending() != null || mustRekey(bound) || isAnswered(bound)
                    ? rekey()
                    : Result.refused("rekey", "no code of this epoch has its answer yet"));
  }

  /**
   * Rekeys now. A bank that was restored to before the last rekey does not know the present root:
   * then the previous one is tried, once.
   */
  Result<RequestResult> rekey() {
    core.events().progress("", Stage.REKEYING);
    long before = epoch();
    Result<RequestResult> settled = requests.settle();
    if (epoch() != before) {
      return settled; // the rekey that was open is done
    }
    Result<RequestResult> first = requests.change(maker(), null);
    Bound bound = core.state().bound();
    boolean unknown = first.refusal().map(why -> why.type().endsWith(":R8")).orElse(false);
    if (!unknown || bound == null || !mustRekey(bound)) {
      return first;
    }
    EpochRoot previous = bound.epoch().previous();
    return previous == null || !isNewest(previous) ? first : requests.replace(maker(), previous);
  }

  private long epoch() {
    return core.active(core.state()).value().map(bound -> bound.sequence().epoch()).orElse(-1L);
  }

  /**
   * Whether the bank, asked under a root, names its epoch as the newest: an authentic word that it
   * has lost the one after. Without it somebody on the way who garbles a reply could make the
   * device conflict with itself.
   */
  private boolean isNewest(EpochRoot root) {
    return requests
        .probe(new RequestArguments.Status(List.of()), root)
        .value()
        .map(done -> done instanceof StatusResult status && status.epoch() == root.epoch())
        .orElse(false);
  }

  private RequestDesk.Maker maker() {
    return (sealer, bound, root, good, alias) -> {
      DeviceSequence sequence = bound.sequence();
      PendingRekey begun =
          PendingRekey.begin(
              sealer,
              bound.identity().binding(),
              root,
              good,
              alias,
              sequence.epoch() + 1,
              closedOf(sequence, root),
              core.now(),
              core.random());
      return new PendingRequest(begun.sent(), begun, null);
    };
  }

  /** The next number in the epoch of a root: the present one's, or the one's before. */
  private static long closedOf(DeviceSequence sequence, EpochRoot root) {
    Long closed = sequence.start().closed();
    return root.epoch() == sequence.epoch() || closed == null ? sequence.n() : closed;
  }
}
