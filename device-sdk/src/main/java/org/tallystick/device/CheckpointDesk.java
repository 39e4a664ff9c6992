package org.tallystick.device;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tallystick.device.result.BankProblem;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.CheckpointShelf;
import org.tallystick.device.state.DeviceState;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.HeldKeys;
import org.tallystick.format.Suite;
import org.tallystick.log.LogLine;
import org.tallystick.notice.Notice;
import org.tallystick.tree.Checkpoint;
import org.tallystick.tree.Inclusion;
import org.tallystick.tree.MerkleProof;
import org.tallystick.tree.MerkleTree;
import org.tallystick.tree.SignedCheckpoint;

/**
 * Holds the bank to what it has signed: each checkpoint must go on from the one before, and this
 * device's own lines must be in it. What does not is kept as evidence, and nothing else changes.
 *
 * <p>Source: docs/PROTOCOL.md section 9.1, C1 to C5.
 */
final class CheckpointDesk {
  /** How old a line is that must be in the tree of a checkpoint. */
  static final long SETTLED_MILLIS = 60_000;

  private static final String BANK_PROBLEM = "urn:tallystick:problem:";

  private final Core core;

  CheckpointDesk(Core core) {
    this.core = core;
  }

  /** A checkpoint whose signatures hold. */
  private record Fresh(SignedCheckpoint signed, Checkpoint says) {}

  /** Asks for the newest checkpoint and takes it, if all holds. One at a time. */
  synchronized Result<Checkpoint> check() {
    return core.active(core.state())
        .then(bound -> core.bank().checkpoint().then(sent -> signed(bound, sent)))
        .then(this::compare);
  }

  /** C1, if need be by newer keys. */
  private Result<Fresh> signed(Bound bound, SignedCheckpoint sent) {
    Suite suite = bound.identity().binding().suite();
    // a device of suite 1 reads one signature
    SignedCheckpoint read = suite == Suite.HYBRID ? sent : new SignedCheckpoint(sent.sign1(), null);
    Result<Fresh> first = verified(suite, read);
    return first.refusal().isEmpty()
        ? first
        : core.refreshKeys().then(fresh -> verified(suite, read));
  }

  private Result<Fresh> verified(Suite suite, SignedCheckpoint sent) {
    HeldKeys keys = Objects.requireNonNull(core.state().keys(), "an enrolled device has keys");
    Checkpoint says;
    try {
      says = Checkpoint.verify(sent, suite, keys.set(), core.state().bank().rootFingerprint());
    } catch (IllegalArgumentException e) {
      return Result.refused("C1", "the checkpoint is not signed by the bank's checkpoint keys");
    }
    return says.recoveryEpoch() > keys.set().recoveryEpoch()
        ? Result.refused("C1", "the bank's keys do not say the checkpoint's recovery epoch")
        : Result.ok(new Fresh(sent, says));
  }

  private Result<Checkpoint> compare(Fresh fresh) {
    CheckpointShelf shelf = shelf(core.state());
    SignedCheckpoint held = shelf.held();
    if (held == null) {
      return contains(fresh, fresh.says().recoveryEpoch() > 0 ? fresh.says().timeMillis() : 0);
    }
    Checkpoint before = held.unchecked();
    Checkpoint now = fresh.says();
    if (now.timeMillis() < before.timeMillis()
        && (now.size() < before.size() || now.recoveryEpoch() < before.recoveryEpoch())) {
      return Result.refused("stale", "an older checkpoint than the one that is held");
    }
    if (now.recoveryEpoch() > before.recoveryEpoch()) {
      keep(new CheckpointShelf.Evidence(held, fresh.signed(), "recovery"));
      core.events().checkpointsBegunAnew(now.recoveryEpoch());
      return contains(fresh, now.timeMillis());
    }
    boolean sameSize = now.size() == before.size();
    if (now.recoveryEpoch() < before.recoveryEpoch()
        || now.size() < before.size()
        || (sameSize && !Arrays.equals(now.root(), before.root()))) {
      return against(
          "C2", "the bank has signed a smaller tree, or another one of that size", fresh);
    }
    return sameSize ? contains(fresh, shelf.sinceMillis()) : goesOn(before, fresh, shelf);
  }

  /** C3. */
  private Result<Checkpoint> goesOn(Checkpoint before, Fresh fresh, CheckpointShelf shelf) {
    Checkpoint now = fresh.says();
    Result<List<byte[]>> proof = core.bank().consistency(before.size(), now.size());
    if (isPassing(proof)) {
      return Result.refused(proof.refusal().orElseThrow());
    }
    boolean holds =
        proof
            .value()
            .filter(
                hashes ->
                    MerkleProof.consistent(
                        before.size(), before.root(), now.size(), now.root(), hashes))
            .isPresent();
    return holds
        ? contains(fresh, shelf.sinceMillis())
        : against("C3", "the bank's tree does not begin with the one before", fresh);
  }

  /** C4. */
  private Result<Checkpoint> contains(Fresh fresh, long sinceMillis) {
    Checkpoint now = fresh.says();
    Optional<LogLine> own =
        newestLine(core.state(), sinceMillis, now.timeMillis() - SETTLED_MILLIS);
    if (own.isPresent()) {
      Bound bound = Objects.requireNonNull(core.state().bound(), "it was active");
      byte[] leaf =
          MerkleTree.leafHash(
              bound.identity().binding().deviceId(), own.get().index(), own.get().head());
      Result<Inclusion> proof = core.bank().inclusion(leaf, now.size());
      if (isPassing(proof)) {
        return Result.refused(proof.refusal().orElseThrow());
      }
      if (proof.value().filter(where -> where.holds(leaf, now)).isEmpty()) {
        return against("C4", "a line of this device's log is not in the bank's tree", fresh);
      }
    }
    return take(fresh, sinceMillis);
  }

  /** C5. */
  private Result<Checkpoint> take(Fresh fresh, long sinceMillis) {
    synchronized (core.file()) {
      DeviceState state = core.state();
      core.file().store(state.with(shelf(state).with(fresh.signed(), sinceMillis)));
    }
    core.events().checkpoint(fresh.says().size(), fresh.says().timeMillis());
    return Result.ok(fresh.says());
  }

  /** The bank has contradicted itself: both checkpoints are kept, and the person is told. */
  private Result<Checkpoint> against(String step, String what, Fresh fresh) {
    SignedCheckpoint held = shelf(core.state()).held();
    keep(new CheckpointShelf.Evidence(held, fresh.signed(), step));
    core.events().contradiction(step, fresh.says().size());
    return Result.refused(step, what);
  }

  private void keep(CheckpointShelf.Evidence evidence) {
    synchronized (core.file()) {
      DeviceState state = core.state();
      core.file().store(state.with(shelf(state).with(evidence)));
    }
  }

  private static CheckpointShelf shelf(DeviceState state) {
    @Nullable CheckpointShelf shelf = state.checkpoints();
    return shelf == null ? CheckpointShelf.EMPTY : shelf;
  }

  /** Of the lines that came with an answer or a notice; others have no time here. */
  private static Optional<LogLine> newestLine(DeviceState state, long after, long upTo) {
    Stream<@Nullable LogLine> answered = state.finished().stream().map(FinishedEntry::line);
    return Stream.concat(answered, state.notices().stream().map(Notice::line))
        .flatMap(Stream::ofNullable)
        .filter(line -> line.content().timeMillis() > after && line.content().timeMillis() <= upTo)
        .max(Comparator.comparingLong(LogLine::index));
  }

  /** Whether the way to the bank failed; a refusal by the bank itself does not pass. */
  private static boolean isPassing(Result<?> proof) {
    return proof.refusal().map(refusal -> !isOfTheBank(refusal)).orElse(false);
  }

  private static boolean isOfTheBank(Refusal refusal) {
    return refusal instanceof BankProblem problem
        && problem.type().startsWith(BANK_PROBLEM)
        && (problem.status() == 400 || problem.status() == 404);
  }
}
