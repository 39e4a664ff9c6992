package org.tallystick.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceBinding;
import org.tallystick.crypto.Secret;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.HeldEpoch;
import org.tallystick.device.state.HeldKeys;
import org.tallystick.device.state.NoticeInbox;
import org.tallystick.device.transport.BankConnection.PickedUp;
import org.tallystick.keys.BankKey;
import org.tallystick.log.LogLine;
import org.tallystick.notice.AgreementSigned;
import org.tallystick.notice.Notice;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.notice.SealedNotice;
import org.tallystick.sequencer.DownChain;
import org.tallystick.sequencer.NoticeKeys;

/**
 * Takes what the bank says first: N1 to N5, in order, of the epoch before as long as some are left
 * there, then of the present one.
 *
 * <p>Source: docs/PROTOCOL.md section 11.
 */
final class NoticeDesk {
  /** Most notices taken at a time. */
  private static final int MAX_AT_ONCE = 64;

  private final Core core;
  private final LogKeeper log;
  private final Reunion reunion;

  NoticeDesk(Core core, LogKeeper log, Reunion reunion) {
    this.core = core;
    this.log = log;
    this.reunion = reunion;
  }

  /**
   * Takes what is there.
   *
   * @param wait for the first one, at most; zero asks once
   * @return how many were taken
   */
  Result<Integer> take(Duration wait) {
    int taken = 0;
    Duration left = wait;
    while (taken < MAX_AT_ONCE) {
      Bound bound = core.state().bound();
      if (bound == null) {
        break;
      }
      Result<Boolean> one = takeNext(bound, left);
      if (one.refusal().isPresent()) {
        return taken > 0 ? Result.ok(taken) : one.then(never -> Result.ok(0));
      }
      if (!one.orElseThrow()) {
        break;
      }
      taken++;
      left = Duration.ZERO;
    }
    return Result.ok(taken);
  }

  private Result<Boolean> takeNext(Bound bound, Duration wait) {
    byte[] pickup = keys(bound, next(bound)).pickup();
    return core.bank()
        .answers(List.of(pickup), wait)
        .then(
            arrived -> {
              Optional<PickedUp> found = arrived.stream().findFirst();
              return found.isEmpty() ? Result.ok(false) : take(found.get().sealed());
            });
  }

  private static NoticeInbox next(Bound bound) {
    NoticeInbox earlier = bound.epoch().earlier();
    return earlier == null ? bound.epoch().notices() : earlier;
  }

  private static NoticeKeys keys(Bound bound, NoticeInbox inbox) {
    DeviceBinding own = bound.identity().binding();
    return inbox.chain().keys(own.suite(), own.deviceId());
  }

  private Result<Boolean> take(byte[] sealed) {
    Result<Boolean> first = reunion.afterRecovery(() -> tryTake(sealed));
    if (isRefused(first, "N4")) {
      first = filled(sealed);
    }
    boolean doubtful = isRefused(first, "N1") || isRefused(first, "N4") || isRefused(first, "A5");
    if (!doubtful || core.refreshKeys().value().isEmpty()) {
      return first;
    }
    // the bank may have changed its keys since, or was restored
    Result<Boolean> again = reunion.afterRecovery(() -> tryTake(sealed));
    return isRefused(again, "N4") ? filled(sealed) : again;
  }

  private static boolean isRefused(Result<?> result, String step) {
    return result.refusal().map(why -> why.type().endsWith(":" + step)).orElse(false);
  }

  /** Lines of answers that are still open lie before it: they are fetched alone. */
  private Result<Boolean> filled(byte[] sealed) {
    Bound bound = core.state().bound();
    HeldKeys keys = core.state().keys();
    Notice notice = bound == null || keys == null ? null : open(keys, bound, sealed).orElse(null);
    if (notice == null) {
      return Result.ok(false);
    }
    return log.fillTo(notice.line().index()).then(lines -> tryTake(sealed));
  }

  private Result<Boolean> tryTake(byte[] sealed) {
    synchronized (core.file()) {
      Bound bound = core.state().bound();
      HeldKeys keys = core.state().keys();
      if (bound == null || keys == null) {
        return Result.ok(false);
      }
      Notice notice = open(keys, bound, sealed).orElse(null);
      if (notice == null) {
        return Result.refused("N1", "the notice does not open, or the bank has not signed it");
      }
      LogLine line = notice.line();
      boolean isKnown = bound.log().knows(line);
      if (!isKnown && !bound.log().isNext(line)) {
        return Result.refused("N4", "the log line does not follow this device's log");
      }
      Bound logged = agreed(bound, notice.subject()).logged(line);
      Secret used = next(bound).chain().down();
      core.file().store(core.state().with(logged.with(after(logged)), notice));
      used.close();
      core.events().logLine(logged.logIndex(), logged.logHead());
      core.events().notice(notice);
      if (notice.subject() instanceof NoticeSubject.DeviceSuspended suspended
          && Arrays.equals(suspended.deviceId(), bound.identity().binding().deviceId())) {
        core.events().suspended("");
      }
      return Result.ok(true);
    }
  }

  /** What one device of the party has signed holds for all of them. */
  private static Bound agreed(Bound bound, NoticeSubject subject) {
    return subject instanceof AgreementSigned signed
        ? bound.agreed(signed.version(), signed.hash())
        : bound;
  }

  /** The epoch with this notice taken; an earlier one ends with its last notice. */
  private static HeldEpoch after(Bound bound) {
    DeviceBinding own = bound.identity().binding();
    NoticeInbox inbox = next(bound);
    DownChain chain = inbox.chain().next(own.suite(), own.deviceId());
    NoticeInbox taken = inbox.taken(chain);
    HeldEpoch epoch = bound.epoch();
    boolean isEarlier = epoch.earlier() != null;
    @Nullable NoticeInbox left = isEarlier && taken.lags() ? taken : null;
    return isEarlier ? epoch.with(epoch.notices(), left) : epoch.with(taken, null);
  }

  /** N1 to N3, with each answer key that was valid at the time the notice states. */
  private static Optional<Notice> open(HeldKeys keys, Bound bound, byte[] sealed) {
    DeviceBinding own = bound.identity().binding();
    List<Notice> found = new ArrayList<>();
    for (BankKey bank : keys.all(BankKey.ANSWER)) {
      SealedNotice.open(
              sealed,
              own.suite(),
              own.consortium(),
              own.deviceId(),
              next(bound).chain(),
              bank.key())
          .filter(notice -> bank.notBeforeMillis() <= notice.timeMillis())
          .filter(notice -> notice.timeMillis() <= bank.notAfterMillis())
          .ifPresent(found::add);
    }
    return found.stream().findFirst();
  }
}
