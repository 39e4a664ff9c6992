package org.tallystick.device;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tallystick.code.HalfOptions;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Authority;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.money.Money;

/**
 * Makes the payee's later steps under what a purchase left behind: one completes a hold, the other
 * charges again.
 *
 * <p>Source: docs/PROTOCOL.md section 8, holds and charges.
 */
final class LaterSteps {
  private static final long LIFE_MILLIS = TimeUnit.MINUTES.toMillis(5);

  private final Core core;
  private final HalfMaker maker;

  LaterSteps(Core core, HalfMaker maker) {
    this.core = core;
    this.maker = maker;
  }

  /** Ends a hold: the amount moves, the rest is released. */
  Result<OutboxEntry> complete(String number, long minor) {
    return step(Purpose.COMPLETE, number, minor);
  }

  /** Charges once more. */
  Result<OutboxEntry> charge(String number, long minor) {
    return step(Purpose.CHARGE, number, minor);
  }

  private Result<OutboxEntry> step(Purpose purpose, String number, long minor) {
    synchronized (core.file()) {
      return core.active(core.state()).then(bound -> step(bound, purpose, number, minor));
    }
  }

  private Result<OutboxEntry> step(Bound bound, Purpose purpose, String number, long minor) {
    Optional<Authority> found = core.state().authority(Role.PAYEE, number);
    if (found.isEmpty()) {
      return Result.refused("authority", "nothing of that number is open here");
    }
    Authority authority = found.get();
    Limits limits = authority.limits();
    boolean isOfKind =
        purpose == Purpose.COMPLETE ? limits.hold() != null : limits.charges() != null;
    if (!isOfKind || !authority.isOpen(core.now())) {
      return Result.refused("authority", "the purchase left nothing of that kind, or it is over");
    }
    if (!permits(limits, purpose, minor)) {
      return Result.refused("amount", "the amount is more than the payer has granted, or none");
    }
    if (core.state().outbox().stream()
        .anyMatch(entry -> entry.number().equals(number) && entry.purpose() == purpose)) {
      return Result.refused("authority", "one is open; its answer decides");
    }
    HalfTerms terms =
        new HalfTerms(
                Role.PAYEE,
                purpose,
                number,
                authority.billHash(),
                Money.of(minor, authority.currency()),
                null,
                core.now() + LIFE_MILLIS,
                null,
                null,
                null,
                bound.logIndex(),
                bound.logHead())
            .with(HalfOptions.belongingTo(authority.codeHash()));
    return maker.seal(bound, terms, null);
  }

  /** As far as the device can tell; count and interval are the bank's to say. */
  private static boolean permits(Limits limits, Purpose purpose, long minor) {
    Limits.Hold hold = limits.hold();
    Limits.Charges charges = limits.charges();
    return purpose == Purpose.COMPLETE
        ? hold != null && minor >= 0 && minor <= hold.limitMinor()
        : charges != null && minor >= 1 && minor <= charges.eachMinor();
  }
}
