package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.authority.HoldReleases;
import org.tallystick.authority.HoldReleasesFixture;
import org.tallystick.code.Conditions;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.ledger.Balance;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;

/** Purchases with a hold or with charges, and what may follow. */
abstract class AuthorityCase extends AccountCase {
  static final long HOUR = Duration.ofHours(1).toMillis();
  static final long DAY = 24 * HOUR;

  /** The payee's half of the purchase, to which later steps belong. */
  SealedHalf bought;

  /** The payer's. */
  SealedHalf permitted;

  /** A purchase of 12.50 for which so much is held until the same hour of tomorrow. */
  void hold(long limit) {
    buy(new Limits(null, new Limits.Hold(limit, bank.office.clock.millis() + DAY), null));
  }

  /** A purchase of 12.50 with some charges after it, an hour between two, for 30 days. */
  void charges(long each, int count) {
    long until = bank.office.clock.millis() + 30 * DAY;
    buy(new Limits(null, null, new Limits.Charges(each, count, HOUR, until)));
  }

  void buy(Limits limits) {
    buy(limits, 1_250);
    assertEnded(bank.answer(payee, bought, number), Outcome.APPROVED, ReasonClass.NONE);
    assertEnded(bank.answer(payer, permitted, number), Outcome.APPROVED, ReasonClass.NONE);
  }

  void buy(Limits limits, long amount) {
    bought = asked().amount(amount).with(Conditions.of(limits)).seal();
    permitted = paid().amount(amount).with(Conditions.of(limits)).seal();
    bank.run(bought, permitted);
  }

  TestDevice.Terms later(Purpose step, long minor) {
    return later(payee, step, minor);
  }

  TestDevice.Terms later(TestDevice by, Purpose step, long minor) {
    return by.terms(number, bill).amount(minor).later(step, bought.codeHash());
  }

  /** Takes a later step, and tells how it ended. */
  Answer take(Purpose step, long minor) {
    return take(later(step, minor).seal());
  }

  Answer take(SealedHalf step) {
    bank.run(step);
    return bank.answer(payee, step, number);
  }

  void assertTaken(Purpose step, long minor) {
    assertEnded(take(step, minor), Outcome.APPROVED, ReasonClass.NONE);
  }

  /** The exact reasons of what was tried under the number, the purchase's two halves left out. */
  List<String> reasonsOfSteps() {
    return reasons().stream().skip(2).toList();
  }

  Balance funds(TestDevice device) {
    return Server.inTransaction(
        bank.office.entities,
        () ->
            bank.office
                .ledger
                .balance(bank.office.ledger.deposit(party(device).id(), "USD").orElseThrow())
                .orElseThrow());
  }

  Party party(TestDevice device) {
    return bank.office.parties.byAccountIdentifier(device.account()).orElseThrow();
  }

  /** What the timer does. */
  int release() {
    return release(bank.office);
  }

  static int release(BackOffice node) {
    HoldReleases holds = HoldReleasesFixture.over(node);
    return Server.inTransaction(node.entities, () -> holds.release(50));
  }

  void assertHeld(long held, long posted) {
    assertThat(funds(payer).heldMinor()).isEqualTo(held);
    assertThat(funds(payer).postedMinor()).isEqualTo(posted);
  }
}
