package org.tallystick.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.log.LogLine;
import org.tallystick.rekey.BankRekey;
import org.tallystick.rekey.RekeyOutcome;
import org.tallystick.request.Challenges;
import org.tallystick.request.OpenedRequest;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestOpener;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.SealedReply;
import org.tallystick.request.SealedRequest;
import org.tallystick.request.StatusResult;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.Epoch;
import org.tallystick.simulation.BankStore.DeviceRow;

/** R1 to R7: one request, one transaction with its stored reply. */
final class RequestDesk {
  /** Aliases that come with a rekey; the real bank gives 32. */
  private static final int ALIASES = 8;

  private static final long KEY_SET_VERSION = 1;

  private final World world;
  private final BankStore store;
  private final BankRekey rekeys;
  private final byte[] challengeKey;

  RequestDesk(World world, BankStore store) {
    this.world = world;
    this.store = store;
    this.rekeys = new BankRekey(world.chance.secure());
    this.challengeKey = world.chance.bytes(32);
  }

  /**
   * A reply that leaves once the transaction holds.
   *
   * @param requestHash T, hex
   * @param sealed bytes
   * @param kept whether the same request must get the same bytes
   */
  record Ready(String requestHash, byte[] sealed, boolean kept) {}

  byte[] challenge() {
    return challenges().make();
  }

  /** A challenge of one recovery epoch is none of the next: its key is another. */
  private Challenges challenges() {
    boolean blind = world.planted(Plant.CHALLENGE_OUTLIVES_RESTORE);
    byte[] info = {(byte) (blind ? 0 : store.recoveryEpoch())};
    Secret key = Secret.adopt(Hkdf.expand(challengeKey, info, 32));
    return new Challenges(key, world.clock(), world.chance.secure());
  }

  /** Handles one request; null where it has no shape (400). */
  @Nullable Ready handle(String text) {
    SealedRequest request;
    try {
      request = SealedRequest.parse(text); // R1
    } catch (MalformedInputException malformed) {
      did(Transition.REQUEST_MALFORMED, "");
      return null;
    }
    String hash = Slots.hex(request.hash());
    DeviceRow row = store.deviceOf(request.alias()); // R2
    byte[] stored = store.replies.get(hash); // R3
    if (row != null && stored != null) {
      did(Transition.REPLY_STORED_SENT, row.party().name());
      return new Ready(hash, stored, true);
    }
    Optional<OpenedRequest> opened = row == null ? Optional.empty() : open(row, request);
    if (row == null || opened.isEmpty()) {
      did(Transition.REQUEST_UNOPENED, row == null ? "" : row.party().name());
      return new Ready(hash, lookAlike(request), false);
    }
    byte[] sealed = answer(row, request, opened.get());
    boolean kept = store.replies.get(hash) != null;
    return new Ready(hash, sealed == null ? lookAlike(request) : sealed, kept);
  }

  private byte[] lookAlike(SealedRequest request) {
    return SealedReply.lookAlike(request.blocks(), world.chance.secure());
  }

  /** R4, R5. */
  private Optional<OpenedRequest> open(DeviceRow row, SealedRequest request) {
    return new RequestOpener(
            Cast.CONSORTIUM,
            row.party().binding().suite(),
            row.party().binding().deviceId(),
            row.party().key().verificationKey(),
            row.sequencer().roots())
        .open(request);
  }

  private byte @Nullable [] answer(DeviceRow row, SealedRequest request, OpenedRequest opened) {
    RequestKind kind = RequestKind.of(opened.body().kind()).orElseThrow();
    if (!row.active() && !kind.whileSuspended()) {
      did(Transition.REQUEST_OF_SUSPENDED, row.party().name());
      return null;
    }
    if (!challenges().isGood(request.challenge())) { // R6
      did(Transition.CHALLENGE_REFUSED, row.party().name());
      return refused(row, opened, RequestStatus.CHALLENGE_TOO_OLD);
    }
    RequestArguments asked = RequestArguments.decode(kind, opened.body().arguments());
    if (asked instanceof RequestArguments.Rekey rekey) {
      return rekey(row, opened, rekey);
    }
    if (asked instanceof RequestArguments.Log range) {
      return lines(row, opened, range);
    }
    return status(row, opened);
  }

  private byte[] lines(DeviceRow row, OpenedRequest opened, RequestArguments.Log range) {
    did(Transition.LOG_TOLD, row.party().name());
    List<LogLine> asked =
        store.log(row.party().index()).stream()
            .filter(line -> range.from() <= line.index() && line.index() <= range.to())
            .toList();
    RequestResult result = RequestResult.Log.fitting(asked, opened.replyTo().blocks());
    return seal(opened, ReplyBody.done(opened, result, world.now(), alias(row), challenge()));
  }

  private byte[] status(DeviceRow row, OpenedRequest opened) {
    did(Transition.STATUS_TOLD, row.party().name());
    List<LogLine> log = store.log(row.party().index());
    Epoch newest = row.sequencer().newest();
    StatusResult result =
        new StatusResult(
            row.active()
                ? StatusResult.DeviceStanding.ACTIVE
                : StatusResult.DeviceStanding.SUSPENDED,
            newest.number(),
            newest.next(),
            log.size(),
            log.isEmpty() ? row.party().seedHead() : log.get(log.size() - 1).head(),
            store.recoveryEpoch(),
            KEY_SET_VERSION,
            List.of(),
            0,
            List.of(),
            0,
            null);
    return seal(opened, ReplyBody.done(opened, result, world.now(), alias(row), challenge()));
  }

  private byte[] rekey(DeviceRow row, OpenedRequest opened, RequestArguments.Rekey asked) {
    long until = world.now() + OpeningStage.SKIPPED_LIFE_MILLIS;
    RekeyOutcome outcome =
        rekeys.rekey(
            planted(row.sequencer(), opened),
            opened,
            asked,
            store.recoveryEpoch(),
            world.now(),
            until);
    if (outcome instanceof RekeyOutcome.Granted granted) {
      return grant(row, opened, granted);
    }
    if (outcome instanceof RekeyOutcome.Suspended suspended) {
      boolean conflict = suspended.why() == RekeyOutcome.Why.CONFLICT;
      did(conflict ? Transition.REKEY_CONFLICT : Transition.REKEY_TOO_OFTEN, row.party().name());
      int index = row.party().index();
      store.devices.put(index, row.suspended());
      store.afterCommit(() -> world.history.suspended(index));
    }
    return refused(row, opened, RequestStatus.NOT_PERMITTED);
  }

  private byte[] grant(DeviceRow row, OpenedRequest opened, RekeyOutcome.Granted granted) {
    int index = row.party().index();
    did(Transition.REKEY_GRANTED, row.party().name() + " " + granted.next());
    store.devices.put(index, row.with(dropped(granted.next())));
    long base = opened.body().epoch();
    store.afterCommit(() -> world.history.rekeyed(index, base, granted.next().newest().number()));
    List<byte[]> aliases = new ArrayList<>();
    for (int i = 0; i < ALIASES; i++) {
      aliases.add(alias(row));
    }
    ReplyBody body =
        ReplyBody.done(opened, granted.result(aliases), world.now(), alias(row), challenge());
    byte[] sealed = seal(opened, body);
    String before = store.lastRekey.get(index);
    if (before != null) {
      store.replies.remove(before); // kept until the next rekey
    }
    String hash = Slots.hex(opened.replyTo().requestHash());
    if (!world.planted(Plant.STORED_REPLY_NOT_KEPT)) {
      store.lastRekey.put(index, hash);
      store.replies.put(hash, sealed);
    }
    return sealed;
  }

  private DeviceEpochs planted(DeviceEpochs epochs, OpenedRequest opened) {
    Epoch older = epochs.older();
    if (!world.planted(Plant.CONFLICTING_REKEY_ACCEPTED)
        || older == null
        || opened.body().epoch() != older.number()) {
      return epochs;
    }
    return new DeviceEpochs(
        epochs.suite(),
        epochs.deviceId(),
        older,
        null,
        epochs.skipped(),
        epochs.notices(),
        epochs.rekeyedBy(),
        epochs.undueMillis());
  }

  private DeviceEpochs dropped(DeviceEpochs next) {
    Epoch older = next.older();
    if (!world.planted(Plant.OLD_EPOCH_DROPPED_AT_ONCE) || older == null) {
      return next;
    }
    Epoch shut =
        new Epoch(
            older.number(),
            older.first(),
            older.next(),
            older.recoveryEpoch(),
            older.startedAtMillis(),
            older.root(),
            null);
    return new DeviceEpochs(
        next.suite(),
        next.deviceId(),
        next.newest(),
        shut,
        new TreeMap<>(next.skipped()),
        next.notices(),
        next.rekeyedBy(),
        next.undueMillis());
  }

  private byte[] refused(DeviceRow row, OpenedRequest opened, RequestStatus status) {
    return seal(opened, ReplyBody.refused(opened, status, world.now(), alias(row), challenge()));
  }

  private static byte[] seal(OpenedRequest opened, ReplyBody body) {
    return SealedReply.seal(opened.replyTo(), body, Cast.ANSWER_KEY);
  }

  private byte[] alias(DeviceRow row) {
    return Cast.ALIAS_KEY.alias(row.party().index(), world.chance.secure());
  }

  private void did(Transition transition, String detail) {
    world.did(transition, Bank.NAME, detail);
  }
}
