package org.tallystick.decision;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.tallystick.authority.Authority;
import org.tallystick.code.Limits;
import org.tallystick.code.Times;
import org.tallystick.money.Money;

/**
 * What a payer's half permits beyond its purchase: a hold, or further charges.
 *
 * <p>Source: docs/PROTOCOL.md section 8, holds and charges.
 */
final class Grant {
  private Grant() {}

  /** Whether an approved pair leaves an authority behind. */
  static boolean isIn(Pair pair) {
    return hold(pair).isPresent() || charges(pair).isPresent();
  }

  /** The hold that a pair asks for. */
  static Optional<Limits.Hold> hold(Pair pair) {
    return limits(pair).map(Limits::hold);
  }

  private static Optional<Limits.Charges> charges(Pair pair) {
    return limits(pair).map(Limits::charges);
  }

  private static Optional<Limits> limits(Pair pair) {
    return Optional.ofNullable(pair.payer().signed().conditions().limits());
  }

  /** The authority that an approved pair leaves behind, if any. */
  static Optional<Authority> of(Pair pair, long debitAccount, OffsetDateTime now) {
    return hold(pair)
        .map(
            hold ->
                authority(
                    pair,
                    Authority.Kind.HOLD,
                    debitAccount,
                    limits(pair, hold.limitMinor(), 0, hold.untilMillis()),
                    0,
                    now))
        .or(
            () ->
                charges(pair)
                    .map(
                        charges ->
                            authority(
                                pair,
                                Authority.Kind.CHARGES,
                                debitAccount,
                                limits(
                                    pair,
                                    charges.eachMinor(),
                                    charges.intervalMillis(),
                                    charges.untilMillis()),
                                charges.count(),
                                now)));
  }

  private static Authority.Limits limits(
      Pair pair, long mostMinor, long intervalMillis, long untilMillis) {
    return new Authority.Limits(
        Money.of(mostMinor, pair.payer().signed().amount().currency()),
        Duration.ofMillis(intervalMillis),
        Times.ofMillis(untilMillis));
  }

  private static Authority authority(
      Pair pair,
      Authority.Kind kind,
      long debitAccount,
      Authority.Limits limits,
      int charges,
      OffsetDateTime now) {
    return new Authority(
        pair.slot().id(),
        pair.slot().key(),
        kind,
        Authority.State.OPEN,
        new Authority.Payer(pair.payer().partyId(), pair.payer().half().device()),
        new Authority.Payee(pair.payee().partyId(), pair.payee().half().codeHash()),
        debitAccount,
        limits,
        charges,
        now);
  }
}
