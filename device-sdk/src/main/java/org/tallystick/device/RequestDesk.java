package org.tallystick.device;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.DeviceEvents.Stage;
import org.tallystick.device.result.BankProblem;
import org.tallystick.device.result.DeviceRefusal;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.HeldKeys;
import org.tallystick.device.state.PendingRequest;
import org.tallystick.device.state.PinMaterial;
import org.tallystick.keys.BankKey;
import org.tallystick.request.Challenges;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestSealer;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.SealedReply;
import org.tallystick.request.SentRequest;
import org.tallystick.sequencer.EpochRoot;

/**
 * Asks the bank for what is neither a code nor an answer, one request after the other, and takes
 * the replies: R8 to R11. What may change something at the bank is durable before it is sent, and
 * is sent again, the same bytes, until its reply is here.
 *
 * <p>Source: docs/PROTOCOL.md section 10.
 */
final class RequestDesk {
  private final Core core;
  private final ReentrantLock turn = new ReentrantLock();
  private final EpochChange epochs;
  private byte @Nullable [] challenge;

  RequestDesk(Core core, EpochChange epochs) {
    this.core = core;
    this.epochs = epochs;
  }

  /** Makes a request with what is to be kept until its reply is here. */
  @FunctionalInterface
  interface Maker {
    /**
     * Seals the request.
     *
     * @param bound the device; the file's monitor is held
     * @param root to seal under
     * @param good challenge, 32 bytes
     * @param alias used for this request
     */
    PendingRequest make(
        RequestSealer sealer, Bound bound, EpochRoot root, byte[] good, byte[] alias);
  }

  /** Asks something that changes nothing. */
  Result<RequestResult> ask(RequestArguments arguments) {
    return inTurn(() -> settled().then(done -> fresh(plain(arguments), null, false)));
  }

  /** Asks under another root something that changes nothing, beside a request that is open. */
  Result<RequestResult> probe(RequestArguments arguments, EpochRoot root) {
    return inTurn(() -> fresh(plain(arguments), root, false));
  }

  /** Asks something that changes something; a request that is still open is settled first. */
  Result<RequestResult> change(RequestArguments arguments) {
    return change(plain(arguments), null);
  }

  /**
   * As the other, with more to keep until the reply is here.
   *
   * @param root to ask under, or null for the present epoch's
   */
  Result<RequestResult> change(Maker maker, @Nullable EpochRoot root) {
    return inTurn(() -> settled().then(done -> fresh(maker, root, true)));
  }

  /**
   * Asks something that changes something and must not lie on the disk meanwhile. Where the reply
   * is lost, what it would have changed here stays as it was.
   */
  Result<RequestResult> changeUnstored(Maker maker) {
    return inTurn(() -> settled().then(done -> fresh(maker, null, false)));
  }

  /** Asks in the place of an open request that this bank can never have read. */
  Result<RequestResult> replace(Maker maker, EpochRoot root) {
    return inTurn(() -> fresh(maker, root, true));
  }

  /** Sends a request that is open again and takes its reply; done where there is none. */
  Result<RequestResult> settle() {
    return inTurn(this::settled);
  }

  private Maker plain(RequestArguments arguments) {
    return (sealer, bound, root, good, alias) ->
        PendingRequest.of(sealer.seal(root, good, alias, arguments, core.now()));
  }

  private Result<RequestResult> inTurn(Supplier<Result<RequestResult>> work) {
    turn.lock();
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  private Result<RequestResult> settled() {
    Bound bound = core.state().bound();
    PendingRequest open = bound == null ? null : bound.pending();
    if (open == null) {
      return Result.ok(new RequestResult.Done());
    }
    Result<RequestResult> sent = exchange(open.sent(), open);
    // what the bank refused is settled too; who asked then was told or is gone
    Bound after = core.state().bound();
    return after != null && after.pending() == null
        ? Result.ok(sent.value().orElseGet(RequestResult.Done::new))
        : sent;
  }

  private Result<RequestResult> fresh(Maker maker, @Nullable EpochRoot root, boolean keeps) {
    Result<RequestResult> first = once(maker, root, keeps);
    boolean stale = first.refusal().map(why -> why.type().endsWith(":challenge")).orElse(false);
    return stale ? once(maker, root, keeps) : first;
  }

  private Result<RequestResult> once(Maker maker, @Nullable EpochRoot root, boolean keeps) {
    byte[] kept = challenge;
    challenge = null;
    Result<byte[]> usable = kept == null ? core.bank().challenge() : Result.ok(kept);
    return usable
        .then(good -> seal(maker, root, keeps, good))
        .then(open -> exchange(open.sent(), open));
  }

  /** Makes a request; one durable write takes its alias out and, where it is kept, stores it. */
  private Result<PendingRequest> seal(
      Maker maker, @Nullable EpochRoot root, boolean keeps, byte[] good) {
    if (good.length != Challenges.LENGTH) {
      return Result.refused(BankProblem.malformed("a challenge has 32 bytes", 200));
    }
    synchronized (core.file()) {
      return core.active(core.state())
          .then(
              bound -> {
                if (bound.aliases().isEmpty()) {
                  return Result.refused("aliases", "no one-time account field is left");
                }
                byte[] alias = bound.aliases().get(bound.aliases().size() - 1);
                PendingRequest open;
                try (SigningKey key = Core.signingKey(bound)) {
                  open =
                      maker.make(
                          new RequestSealer(bound.identity().binding(), key, core.random()),
                          bound,
                          root == null ? bound.epoch().root() : root,
                          good,
                          alias);
                }
                Bound now = core.state().bound(); // the maker may have changed it
                Bound asked = (now == null ? bound : now).asked();
                core.file().store(core.state().with(keeps ? asked.pending(open) : asked));
                core.events().progress("", Stage.REQUESTING);
                return Result.ok(open);
              });
    }
  }

  private Result<RequestResult> exchange(SentRequest sent, PendingRequest open) {
    return core.bank().request(sent.text()).then(reply -> take(open, reply));
  }

  private Result<RequestResult> take(PendingRequest open, byte[] reply) {
    Optional<ReplyBody> body = open(open.sent(), reply);
    if (body.isEmpty() && core.refreshKeys().value().isPresent()) {
      body = open(open.sent(), reply); // the bank may have changed its keys since
    }
    if (body.isEmpty()) {
      return Result.refused("R8", "no authentic reply came");
    }
    return taken(open, body.get());
  }

  /** R8 to R10, with each answer key that was valid at the time the reply states. */
  private Optional<ReplyBody> open(SentRequest sent, byte[] reply) {
    Bound bound = core.state().bound();
    HeldKeys keys = core.state().keys();
    if (bound == null || keys == null) {
      return Optional.empty();
    }
    List<BankKey> bank = keys.all(BankKey.ANSWER);
    return bank.stream()
        .flatMap(
            key ->
                SealedReply.open(
                    reply, sent.replyTo(bound.identity().binding()), sent.kind(), key.key())
                    .filter(body -> key.notBeforeMillis() <= body.timeMillis())
                    .filter(body -> body.timeMillis() <= key.notAfterMillis())
                    .stream())
        .findFirst();
  }

  /** R11. */
  private Result<RequestResult> taken(PendingRequest open, ReplyBody body) {
    challenge = body.challenge();
    RequestKind kind = open.sent().kind();
    synchronized (core.file()) {
      Bound bound = core.state().bound();
      if (bound == null) {
        return Result.refused("not-enrolled", "this device is not enrolled");
      }
      Bound with = bound.refreshed(List.of(body.alias()));
      PendingRequest stored = bound.pending();
      boolean isStored = stored != null && stored.sent().text().equals(open.sent().text());
      if (isStored) {
        with = with.pending(null);
      }
      Result<RequestResult> result;
      if (body.status() != RequestStatus.DONE) {
        result = Result.refused(refusal(body.status()));
      } else {
        RequestResult done = RequestResult.decode(kind, body.result());
        Result<Bound> applied = apply(with, open, done);
        if (applied.refusal().isPresent()) {
          return Result.refused(applied.refusal().get());
        }
        with = applied.orElseThrow();
        result = Result.ok(done);
      }
      core.file().store(core.state().with(with));
      open.wipe();
      epochs.applied(bound, with);
      return result;
    }
  }

  private Result<Bound> apply(Bound with, PendingRequest open, RequestResult done) {
    PinMaterial pin = open.pin();
    if (open.rekey() != null && done instanceof RequestResult.Rekey given) {
      return epochs.apply(with, open.rekey(), given);
    }
    return Result.ok(pin == null ? with : with.with(pin));
  }

  private static Refusal refusal(RequestStatus status) {
    return switch (status) {
      case CHALLENGE_TOO_OLD -> refused("challenge", "the bank's challenge was too old");
      case NOT_PERMITTED -> refused("not-permitted", "the bank does not permit that now");
      case UNKNOWN -> refused("gone", "the bank does not know of it, or it is gone");
      case LIMIT_REACHED -> refused("limit", "a limit is reached");
      case WRONG_PIN -> refused("wrong-pin", "the PIN was wrong");
      case BLOCKED -> refused("blocked", "PINs are not looked at for now");
      case ARGUMENTS_REFUSED, DONE -> refused("arguments", "the bank refuses these arguments");
    };
  }

  private static Refusal refused(String step, String title) {
    return new DeviceRefusal(step, title);
  }
}
