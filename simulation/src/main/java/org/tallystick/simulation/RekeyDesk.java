package org.tallystick.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceSequence;
import org.tallystick.crypto.Secret;
import org.tallystick.log.LogLine;
import org.tallystick.rekey.PendingRekey;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestSealer;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.SealedReply;
import org.tallystick.request.SentRequest;
import org.tallystick.request.StatusResult;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;

/**
 * A device's requests: the rekey that is due or wanted, its own bytes again until a reply is there,
 * and the question where the bank's log stands after a restore (R, R.2).
 */
final class RekeyDesk {
  private static final long FIRST_RETRY_MILLIS = 3_000;
  private static final int MAX_ATTEMPTS = 13;
  private static final RequestArguments STATUS = new RequestArguments.Status(List.of());

  /** Replies that do not open before the device asks under its previous root. */
  private static final int BROKEN_BEFORE_FALLBACK = 2;

  private final Device device;
  private boolean wanted;
  private boolean beside;
  private boolean fallback;
  private boolean ticking;
  private int broken;
  private @Nullable SentRequest question;

  RekeyDesk(Device device) {
    this.device = device;
  }

  /** Whatever was in memory is gone. */
  void forget() {
    wanted = false;
    beside = false;
    fallback = false;
    ticking = false;
    broken = 0;
    question = null;
  }

  /** Its owner asks for a fresh epoch. */
  void want() {
    wanted = true;
    begin();
  }

  /**
   * The device finds itself beside the bank: it rekeys whatever is open, for the bank may never
   * answer codes of an epoch that somebody else left.
   */
  void resynchronise() {
    beside = true;
    want();
  }

  /** With a connection: asks for the key set, and for what is due. */
  void begin() {
    device.send(new Message.ChallengeAsked());
    tick(0);
  }

  /** The answer to a code says that the bank was restored (reason 7). */
  void heardOfRestore(DeviceFile file) {
    DeviceRoots roots = file.roots().knowing(file.roots().recoveryEpoch() + 1);
    device.write(
        file.with(roots), () -> did(Transition.REKEY_ASKED_BY_BANK, "epoch " + roots.root()));
    begin();
  }

  private void tick(int attempt) {
    if (ticking && attempt == 0) {
      return;
    }
    ticking = attempt < MAX_ATTEMPTS;
    if (!ticking) {
      return;
    }
    int boots = device.boots();
    device.world.after(
        FIRST_RETRY_MILLIS << attempt,
        () -> {
          if (boots == device.boots()) {
            device.step(file -> again(file, attempt));
          }
        });
  }

  private void again(DeviceFile file, int attempt) {
    PendingRekey pending = file.roots().pending();
    SentRequest asked = question;
    if (asked != null) {
      resend(asked);
    } else if (pending != null) {
      resend(pending.sent());
    }
    boolean open =
        asked != null || pending != null || wanted || !file.roots().maySeal() || lacksLines(file);
    if (!open) {
      ticking = false;
      return;
    }
    if (asked == null && (pending == null || fallback)) {
      device.send(new Message.ChallengeAsked());
    }
    tick(attempt + 1);
  }

  private void resend(SentRequest request) {
    did(Transition.REQUEST_RESENT, request.kind().name());
    send(request);
  }

  private void send(SentRequest request) {
    device.send(new Message.Request(request.text()));
  }

  void take(DeviceFile loaded, Message.Challenge message) {
    DeviceFile file = loaded;
    if (message.recoveryEpoch() > file.roots().knownRecovery()) {
      DeviceFile known = file.with(file.roots().knowing(message.recoveryEpoch()));
      device.write(known, () -> did(Transition.RESTORE_NOTICED, ""));
      file = known;
      tick(0);
    }
    DeviceRoots roots = file.roots();
    if (question != null || file.aliases().isEmpty()) {
      return;
    }
    if (fallback && roots.previous() != null) {
      EpochRoot previous = roots.previous();
      ask(file, previous, message.challenge(), STATUS);
    } else if (roots.pending() == null) {
      if (roots.mustRekey() || ((wanted || due(file)) && (beside || isSettled(file)))) {
        rekey(file, roots.root(), message.challenge());
      } else if (roots.logToAsk()) {
        ask(file, roots.root(), message.challenge(), STATUS);
      } else if (lacksLines(file)) {
        long from = file.log().missing();
        long to = Math.min(file.log().ahead().firstKey(), from + RequestArguments.Log.MAX_LINES);
        ask(file, roots.root(), message.challenge(), new RequestArguments.Log(from, to - 1));
      }
    }
  }

  /** A line that no answer will bring, such as of a code that was repeated by a stranger. */
  private static boolean lacksLines(DeviceFile file) {
    return file.outbox().isEmpty() && file.log().missing() > 0;
  }

  /**
   * Whether the bank has answered what was made in this epoch: of two rekeys without a code in
   * between the bank could not tell where the device left the first epoch.
   */
  private static boolean isSettled(DeviceFile file) {
    DeviceSequence at = file.sequence();
    return at.start().closed() == null
        || (at.used() > 0
            && file.outbox().keySet().stream().noneMatch(open -> open.epoch() == at.epoch()));
  }

  /** S4. */
  private boolean due(DeviceFile file) {
    return device.rekeysByAge()
        && device.clock() - file.roots().startedAt() >= DeviceSequence.REKEY_AFTER_MILLIS;
  }

  /** R.2: one durable write, then the request leaves. */
  private void rekey(DeviceFile file, EpochRoot base, byte[] challenge) {
    PendingRekey pending = pending(file, base, challenge);
    boolean early = device.world.planted(Plant.REKEY_SENT_BEFORE_WRITE);
    if (early) {
      send(pending.sent());
    }
    device.write(
        file.withoutAlias().with(file.roots().pending(pending)),
        () -> did(Transition.REKEY_BEGUN, base + " to " + pending.epoch()));
    if (!early) {
      send(pending.sent());
    }
    tick(0);
  }

  private PendingRekey pending(DeviceFile file, EpochRoot base, byte[] challenge) {
    DeviceSequence at = file.sequence();
    Long closed = at.start().closed();
    long next = base.epoch() == at.epoch() || closed == null ? at.n() : closed;
    return PendingRekey.begin(
        sealer(),
        device.party.binding(),
        base,
        challenge,
        file.aliases().get(0),
        at.epoch() + 1,
        next,
        device.clock(),
        device.world.chance.secure());
  }

  /** Text of a rekey that nothing is kept of. */
  String blind(DeviceFile file, byte[] challenge) {
    return pending(file, file.roots().root(), challenge).sent().text();
  }

  private void ask(DeviceFile file, EpochRoot under, byte[] challenge, RequestArguments arguments) {
    SentRequest asked =
        sealer().seal(under, challenge, file.aliases().get(0), arguments, device.clock());
    boolean log = asked.kind() == RequestKind.LOG;
    device.write(
        file.withoutAlias(),
        () -> did(log ? Transition.LOG_ASKED : Transition.STATUS_ASKED, under.toString()));
    question = asked;
    send(asked);
    tick(0);
  }

  private RequestSealer sealer() {
    return new RequestSealer(
        device.party.binding(), device.party.key(), device.world.chance.secure());
  }

  void take(DeviceFile file, Message.Reply message) {
    SentRequest asked = question;
    PendingRekey pending = file.roots().pending();
    if (asked != null && isFor(asked, message)) {
      open(asked, message).ifPresentOrElse(reply -> told(file, asked, reply), this::unopened);
    } else if (pending != null && isFor(pending.sent(), message)) {
      open(pending.sent(), message)
          .ifPresentOrElse(
              reply -> rekeyed(file, pending, reply),
              () -> {
                unopened();
                fallBack(file);
              });
    } else {
      did(Transition.REPLY_REPEATED, "");
    }
  }

  private static boolean isFor(SentRequest request, Message.Reply message) {
    return Slots.hex(request.hash()).equals(message.requestHash());
  }

  /** R8 to R10. */
  private Optional<ReplyBody> open(SentRequest request, Message.Reply message) {
    return SealedReply.open(
        message.sealed(),
        request.replyTo(device.party.binding()),
        request.kind(),
        Cast.ANSWER_KEY.verificationKey());
  }

  private void unopened() {
    did(Transition.REPLY_BROKEN, "");
    broken++;
  }

  private void fallBack(DeviceFile file) {
    DeviceRoots roots = file.roots();
    boolean lost = roots.mustRekey();
    if (lost && roots.previous() != null && broken >= BROKEN_BEFORE_FALLBACK) {
      fallback = true;
      device.send(new Message.ChallengeAsked());
      tick(0);
    }
  }

  private void told(DeviceFile file, SentRequest asked, ReplyBody reply) {
    question = null;
    broken = 0;
    if (reply.status() != RequestStatus.DONE) {
      device.write(file.withAlias(reply.alias()), () -> did(Transition.CHALLENGE_TOO_OLD, ""));
      device.send(new Message.ChallengeAsked());
      return;
    }
    RequestResult told = RequestResult.decode(asked.kind(), reply.result());
    if (told instanceof StatusResult result) {
      standing(file, result, reply);
    } else if (told instanceof RequestResult.Log lines) {
      fetched(file, lines.lines(), reply);
    }
  }

  private void fetched(DeviceFile file, List<LogLine> lines, ReplyBody reply) {
    LogView view = file.log();
    for (LogLine line : lines) {
      Optional<LogView> longer = view.with(line);
      if (longer.isEmpty()) {
        did(Transition.ANSWER_OF_LOST_LOG, "line " + line.index());
        device.world.history.contradicted(device.party.index());
        return;
      }
      view = longer.get();
    }
    LogView grown = view;
    device.write(
        file.withLog(grown, file.roots(), List.of(reply.alias())),
        () -> did(Transition.LOG_FETCHED, "to " + grown.index()));
  }

  private void standing(DeviceFile file, StatusResult result, ReplyBody reply) {
    EpochRoot previous = file.roots().previous();
    if (fallback) {
      fallback = false;
      if (previous != null && result.epoch() == previous.epoch()) {
        did(Transition.FELL_BACK, previous.toString());
        rekey(file.withAlias(reply.alias()), previous, reply.challenge());
      } else {
        device.write(file.withAlias(reply.alias()), () -> {});
      }
    } else if (file.roots().logToAsk()) {
      adopt(file, result, reply);
    }
  }

  /** The log goes on where the bank's stands; what the device held beyond is evidence only. */
  private void adopt(DeviceFile file, StatusResult result, ReplyBody reply) {
    LogView held = file.log();
    boolean same =
        held.index() == result.logIndex() && Arrays.equals(held.head(), result.logHead());
    boolean ahead = result.logIndex() > held.index();
    boolean keep = same || (ahead && device.world.planted(Plant.LOG_GOES_BACK_ONLY_IF_LONGER));
    LogView view = keep ? held : LogView.from(result.logIndex(), result.logHead());
    device.write(
        file.withLog(view, file.roots().logKnown(), List.of(reply.alias())),
        () -> did(same ? Transition.LOG_KEPT : Transition.LOG_ADOPTED, "at " + view.index()));
    device.reconnect();
  }

  /** R11. */
  private void rekeyed(DeviceFile file, PendingRekey pending, ReplyBody reply) {
    broken = 0;
    DeviceRoots roots = file.roots();
    if (reply.status() != RequestStatus.DONE) {
      boolean old = reply.status() == RequestStatus.CHALLENGE_TOO_OLD;
      device.write(
          file.with(roots.pending(null)).withAlias(reply.alias()),
          () -> did(old ? Transition.CHALLENGE_TOO_OLD : Transition.REKEY_REFUSED, ""));
      if (old) {
        want();
      }
      return;
    }
    RequestResult.Rekey result =
        (RequestResult.Rekey) RequestResult.decode(pending.sent().kind(), reply.result());
    EpochRoot base = roots.of(pending.sent().epoch());
    if (base == null) {
      throw new IllegalStateException("a rekey from an epoch that is not held");
    }
    EpochSecrets secrets =
        pending
            .complete(base, device.party.binding(), result)
            .orElseThrow(() -> new IllegalStateException("R11: the reply does not fit"));
    DeviceSequence before = file.sequence();
    DeviceSequence began =
        base.epoch() == before.epoch()
            ? before.rekeyed(result.epoch(), secrets)
            : before.rekeyedFromPrevious(result.epoch(), secrets);
    EpochRoot fresh = new EpochRoot(result.epoch(), Secret.copyOf(secrets.root().reveal()));
    boolean raised = result.recoveryEpoch() > roots.recoveryEpoch();
    DeviceRoots known =
        new DeviceRoots(
            fresh,
            base,
            null,
            result.recoveryEpoch(),
            Math.max(result.recoveryEpoch(), roots.knownRecovery()),
            device.clock(),
            roots.logToAsk() || raised);
    wanted = false;
    beside = false;
    fallback = false;
    device.write(
        file.rekeyed(began, known, result.aliases()),
        () -> did(Transition.REKEYED, base + " to " + result.epoch()));
    if (raised) {
      begin();
    }
  }

  private void did(Transition transition, String detail) {
    device.world.did(transition, device.party.name(), detail);
  }
}
