package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.bill.Bill;
import org.tallystick.code.TestDevice;
import org.tallystick.code.TransactionNumber;
import org.tallystick.keys.KeyUse;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.RequestArguments.FetchBill;
import org.tallystick.request.RequestArguments.Lodge;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestStage;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.RequestsFixture;
import org.tallystick.request.SealedReply;
import org.tallystick.request.SealedRequest;
import org.tallystick.request.SentRequest;

/** A sender starts: bills that are lodged for offers (6.3). */
class OffersTest extends BillCase {
  private static final int RACES = 20;

  private final byte[] offer = new byte[10];

  @BeforeEach
  void draw() {
    bank.office.random.nextBytes(offer);
  }

  private Bill bill(TestDevice by) {
    return bill(by.nextNumber(), by, by.key());
  }

  private RequestStatus lodgeFor(TestDevice by, Bill left) {
    return status(by, new Lodge(left.encode(), offer));
  }

  private ReplyBody fetch() {
    return ask(payer, FetchBill.ofOffer(offer));
  }

  private byte[] fetched() {
    ReplyBody reply = fetch();
    assertThat(reply.status()).isEqualTo(RequestStatus.DONE);
    return ((RequestResult.LodgedBill) RequestResult.decode(RequestKind.BILL, reply.result()))
        .bill();
  }

  @Test
  void billForAnOffer_isFetchedByIt_andByItsNumber_untilItExpires() {
    assertThat(fetch().status()).isEqualTo(RequestStatus.UNKNOWN);
    Bill left = bill(payee);
    assertThat(lodgeFor(payee, left)).isEqualTo(RequestStatus.DONE);
    assertThat(fetched()).isEqualTo(left.encode());
    assertThat(status(payer, new FetchBill(TransactionNumber.bytes(payee.nextNumber()))))
        .isEqualTo(RequestStatus.DONE);
    bank.later(LIFE + 1);
    assertThat(fetch().status()).isEqualTo(RequestStatus.UNKNOWN);
  }

  @Test
  void firstBill_stays_untilItExpires() {
    Bill first = bill(payee);
    assertThat(lodgeFor(payee, first)).isEqualTo(RequestStatus.DONE);
    assertThat(lodgeFor(payee, first)).isEqualTo(RequestStatus.DONE);
    TestDevice stranger = bank.payee();
    Bill late = bill(stranger);
    assertThat(lodgeFor(stranger, late)).isEqualTo(RequestStatus.LIMIT_REACHED);
    bank.later(1);
    Bill changed = bill(payee);
    assertThat(changed.encode()).isNotEqualTo(first.encode());
    assertThat(lodgeFor(payee, changed)).isEqualTo(RequestStatus.LIMIT_REACHED);
    payee.terms(payee.nextNumber(), bill).seal();
    assertThat(lodgeFor(payee, bill(payee))).isEqualTo(RequestStatus.LIMIT_REACHED);
    assertThat(fetched()).isEqualTo(first.encode());
    bank.later(LIFE);
    late = bill(stranger);
    assertThat(lodgeFor(stranger, late)).isEqualTo(RequestStatus.DONE);
    assertThat(fetched()).isEqualTo(late.encode());
  }

  @Test
  void billUnderANumber_isNotMovedToAnOffer() {
    Bill left = bill(payee);
    assertThat(lodge(payee, left)).isEqualTo(RequestStatus.DONE);
    assertThat(lodgeFor(payee, left)).isEqualTo(RequestStatus.NOT_PERMITTED);
    assertThat(fetch().status()).isEqualTo(RequestStatus.UNKNOWN);
  }

  @Test
  void seventeenthBillOfADevice_waitsForAnExpiry() {
    for (int i = 0; i < 16; i++) {
      assertThat(lodge(payee, bill(payee))).isEqualTo(RequestStatus.DONE);
      payee.terms(payee.nextNumber(), bill).seal();
    }
    Bill more = bill(payee);
    assertThat(lodge(payee, more)).isEqualTo(RequestStatus.LIMIT_REACHED);
    assertThat(lodgeFor(payee, more)).isEqualTo(RequestStatus.LIMIT_REACHED);
    bank.later(LIFE + 1);
    assertThat(lodge(payee, bill(payee))).isEqualTo(RequestStatus.DONE);
  }

  @Test
  void twoReceiversAtOnce_oneIsFirst() throws Exception {
    BackOffice other = new BackOffice(keys);
    RequestStage there = RequestsFixture.over(other);
    TestDevice rival = bank.payee();
    List<TestDevice> both = List.of(payee, rival);
    for (int race = 0; race < RACES; race++) {
      bank.office.random.nextBytes(offer);
      for (TestDevice one : both) {
        one.terms(one.nextNumber(), bill).seal();
      }
      bank.later(LIFE + 1);
      other.clock.advance(Duration.ofMillis(LIFE + 1));
      byte[] challenge = RequestsFixture.challenges(bank.office).make();
      List<SentRequest> sent =
          both.stream()
              .map(one -> one.ask(challenge, new Lodge(bill(one).encode(), offer)))
              .toList();
      List<byte[]> replies =
          AtOnce.run(
              2,
              node ->
                  () ->
                      node == 0
                          ? send(sent.get(0))
                          : Server.inTransaction(
                              other.entities,
                              () -> there.answer(SealedRequest.parse(sent.get(1).text()))));
      assertThat(
              List.of(
                  statusOf(payee, sent.get(0), replies.get(0)),
                  statusOf(rival, sent.get(1), replies.get(1))))
          .containsExactlyInAnyOrder(RequestStatus.DONE, RequestStatus.LIMIT_REACHED);
    }
  }

  private RequestStatus statusOf(TestDevice by, SentRequest sent, byte[] reply) {
    return SealedReply.open(
            reply,
            sent.replyTo(by.binding()),
            sent.kind(),
            bank.office.vault.signer(KeyUse.ANSWER).verificationKey())
        .orElseThrow()
        .status();
  }
}
