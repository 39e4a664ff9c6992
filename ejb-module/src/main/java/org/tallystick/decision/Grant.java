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

  /** What an approved pair takes from its payer at once: what moves, or what is set aside. */
  static Money takenAtOnce(Pair pair) {
    Money amount = pair.payer().signed().amount();
    return hold(pair).map(hold -> Money.of(hold.limitMinor(), amount.currency())).orElse(amount);
  }

  /** The highest amount that a pair permits to be taken in one go, now or later. */
  static long highestMinor(Pair pair) {
    long now = takenAtOnce(pair).minor();
    return charges(pair).map(charges -> Math.max(now, charges.eachMinor())).orElse(now);
  }

  private static Optional<Limits.Charges> charges(Pair pair) {
    return limits(pair).map(Limits::charges);
  }

  private static Optional<Limits> limits(Pair pair) {
    return Optional.ofNullable(pair.payer().signed().conditions().limits());
  }

  /**
   * The authority that an approved pair leaves behind, if any.
   *
   * @param instrument that the payer pays with
   */
  static Optional<Authority> of(Pair pair, long debitAccount, long instrument, OffsetDateTime now) {
    return hold(pair)
        .map(
            hold ->
                authority(
                    pair,
                    Authority.Kind.HOLD,
                    debitAccount,
                    instrument,
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
                                instrument,
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
      long instrument,
      Authority.Limits limits,
      int charges,
      OffsetDateTime now) {
    return new Authority(
        pair.slot().id(),
        pair.slot().key(),
        kind,
        Authority.State.OPEN,
        new Authority.Payer(pair.payer().partyId(), pair.payer().half().device(), instrument),
        new Authority.Payee(pair.payee().partyId(), pair.payee().half().codeHash()),
        debitAccount,
        limits,
        charges,
        now);
  }
}
