package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.code.TransactionNumber;
import org.tallystick.decision.DecisionStage;
import org.tallystick.decision.DecisionStageFixture;
import org.tallystick.keys.KeyUse;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.request.EndAuthority;
import org.tallystick.request.RequestStage;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.RequestsFixture;
import org.tallystick.request.SealedReply;
import org.tallystick.request.SealedRequest;
import org.tallystick.request.SentRequest;

/** Two nodes use, end or give back one authority at the same moment: one of them wins. */
class AuthorityRaceTest extends AuthorityCase {
  private static final int ROUNDS = 15;
  private static final int AT_A_TIME = 6;

  private BackOffice other;
  private DecisionStage decisions;
  private TestDevice secondTill;

  @BeforeEach
  void twoNodes() {
    other = new BackOffice(keys);
    decisions = DecisionStageFixture.over(other);
    secondTill = new TestDevice(bank.office, party(payee));
    payer = bank.payer(1_000_000);
    Server.inTransaction(
        other.entities,
        () ->
            other
                .entities
                .createNativeQuery(
                    "update authority set state = 'RELEASED'"
                        + " where state = 'OPEN' and kind = 'HOLD'")
                .executeUpdate());
  }

  private void bothLater(long millis) {
    bank.later(millis);
    other.clock.advance(Duration.ofMillis(millis));
  }

  private List<ReadyAnswer> decideOnTheOther(List<Hint> hints) {
    return Server.inTransaction(other.entities, () -> decisions.decide(hints));
  }

  private boolean approved(TestDevice by, SealedHalf step) {
    return bank.answer(by, step, number).outcome() == Outcome.APPROVED;
  }

  /** What two tills make of one hold. */
  private record Both(String number, SealedHalf one, SealedHalf two) {}

  @Test
  void twoTillsCompleteManyHolds_eachIsCompletedOnce_andNobodyWaitsInACircle() throws Exception {
    int firsts = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long paid = bank.balance(payee);
      List<Both> all = new ArrayList<>();
      List<Hint> here = new ArrayList<>();
      List<Hint> there = new ArrayList<>();
      for (int i = 0; i < AT_A_TIME; i++) {
        number = payee.nextNumber();
        hold(2_000);
        SealedHalf one = later(payee, Purpose.COMPLETE, 100).seal();
        SealedHalf two = later(secondTill, Purpose.COMPLETE, 100).seal();
        all.add(new Both(number, one, two));
        // each node has steps of both tills, in the other order
        List<Hint> ofOne = bank.open(one).hints();
        List<Hint> ofTwo = bank.open(two).hints();
        here.addAll(i % 2 == 0 ? ofOne : ofTwo);
        there.addAll(0, i % 2 == 0 ? ofTwo : ofOne);
      }
      List<Integer> made =
          AtOnce.run(
              2, node -> () -> (node == 0 ? bank.decide(here) : decideOnTheOther(there)).size());
      assertThat(made).containsExactly(AT_A_TIME, AT_A_TIME);
      for (Both both : all) {
        number = both.number();
        boolean one = approved(payee, both.one());
        assertThat(approved(secondTill, both.two())).isNotEqualTo(one);
        firsts += one ? 1 : 0;
      }
      assertThat(bank.balance(payee)).isEqualTo(paid + AT_A_TIME * 100);
      assertThat(funds(payer).heldMinor()).isZero();
    }
    assertThat(firsts).isBetween(1, ROUNDS * AT_A_TIME - 1);
  }

  @Test
  void chargeAndItsEnd_racing_oneComesFirst() throws Exception {
    RequestStage requestsThere = RequestsFixture.over(other);
    int charged = 0;
    for (int round = 0; round < ROUNDS; round++) {
      number = payee.nextNumber();
      charges(100, 5);
      bothLater(HOUR);
      long before = bank.balance(payee);
      SealedHalf step = later(Purpose.CHARGE, 100).seal();
      List<Hint> due = bank.open(step).hints();
      SentRequest end =
          payer.ask(
              RequestsFixture.challenges(bank.office).make(),
              new EndAuthority(TransactionNumber.bytes(number), bill));
      List<byte[]> replies =
          AtOnce.run(
              2,
              node ->
                  () -> {
                    if (node == 0) {
                      bank.decide(due);
                      return new byte[0];
                    }
                    return Server.inTransaction(
                        other.entities,
                        () -> requestsThere.answer(SealedRequest.parse(end.text())));
                  });
      assertThat(statusOf(end, replies.get(1))).isEqualTo(RequestStatus.DONE);
      boolean done = approved(payee, step);
      charged += done ? 1 : 0;
      assertThat(bank.balance(payee)).isEqualTo(before + (done ? 100 : 0));
      bothLater(HOUR);
      take(Purpose.CHARGE, 100);
      assertThat(reasonsOfSteps())
          .containsExactly(done ? "APPROVED" : "AUTHORITY_OVER", "NO_AUTHORITY");
    }
    assertThat(charged).as("charges that came first").isBetween(0, ROUNDS);
  }

  private RequestStatus statusOf(SentRequest sent, byte[] reply) {
    return SealedReply.open(
            reply,
            sent.replyTo(payer.binding()),
            sent.kind(),
            bank.office.vault.signer(KeyUse.ANSWER).verificationKey())
        .orElseThrow()
        .status();
  }

  @Test
  void completionAndRelease_racing_oneComesFirst() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      number = payee.nextNumber();
      long before = bank.balance(payee);
      buy(new Limits(null, new Limits.Hold(2_000, bank.office.clock.millis() + 60_000), null));
      List<Hint> due = new ArrayList<>();
      SealedHalf step = later(Purpose.COMPLETE, 100).seal();
      due.addAll(bank.open(step).hints());
      bothLater(70_001);
      List<Integer> made =
          AtOnce.run(2, node -> () -> node == 0 ? bank.decide(due).size() : release(other));
      assertThat(made.get(0)).isEqualTo(1);
      boolean done = approved(payee, step);
      // where the completion holds the row, the round passes it by and the next finds it done
      release(other);
      assertThat(made.get(1)).isEqualTo(done ? 0 : 1);
      assertThat(bank.balance(payee)).isEqualTo(before + (done ? 100 : 0));
      assertThat(funds(payer).heldMinor()).isZero();
    }
  }
}
