package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.answer.ReasonClass;
import org.tallystick.bill.Bill;
import org.tallystick.code.Conditions;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.OutboxEntry;

/** What purchases with a hold or charges leave behind on both devices. */
class AuthorityTest {
  private static final long HOUR = 3_600_000L;
  private static final Duration ONCE = Duration.ZERO;

  @TempDir Path folder;
  private Bench bench;
  private TallystickDevice payer;
  private TallystickDevice payee;

  @BeforeEach
  void devices() {
    bench = new Bench(folder);
    payer = bench.payer("payer");
    payee = bench.payee("Corner Shop");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Limits hold() {
    return new Limits(null, new Limits.Hold(1_000, bench.clock.millis() + 24 * HOUR), null);
  }

  private Limits charges() {
    return new Limits(
        null, null, new Limits.Charges(300, 2, HOUR, bench.clock.millis() + 24 * HOUR));
  }

  private String purchase(Limits limits) {
    OutboxEntry bill = payee.makeBill(Bench.coffee(Conditions.of(limits))).orElseThrow();
    payee.send(bill).orElseThrow();
    Bill.Checked checked =
        payer.readBill(payee.bill(bill.number()).orElseThrow().qrText()).orElseThrow();
    OutboxEntry half = payer.approve(checked, null, Bench.PIN.toCharArray()).orElseThrow();
    payer.send(half).orElseThrow();
    assertThat(payer.awaitAnswer(half, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
    assertThat(payee.awaitAnswer(bill, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
    return bill.number();
  }

  private static String refusal(Result<?> result) {
    return result.refusal().orElseThrow().type();
  }

  @Test
  void hold_completed_isOverOnBothDevices() {
    String number = purchase(hold());
    assertThat(payee.authorities()).hasSize(1);
    assertThat(payer.authorities()).hasSize(1);
    OutboxEntry step = payee.complete(number, 700).orElseThrow();
    assertThat(refusal(payee.complete(number, 1))).as("one is open").endsWith(":authority");
    payee.send(step).orElseThrow();
    assertThat(payee.awaitAnswer(number, Purpose.COMPLETE, ONCE).orElseThrow().ending())
        .isEqualTo(Ending.APPROVED);
    assertThat(payee.authorities()).isEmpty();
    assertThat(refusal(payee.complete(number, 1))).endsWith(":authority");

    assertThat(payer.takeNotices(ONCE).orElseThrow()).isEqualTo(1);
    assertThat(payer.authorities()).isEmpty();
    assertThat(bench.events.seen).contains("notice 4");
  }

  @Test
  void hold_noticeBeforeThePayersAnswer_leavesNothingBehind() {
    OutboxEntry bill = payee.makeBill(Bench.coffee(Conditions.of(hold()))).orElseThrow();
    payee.send(bill).orElseThrow();
    Bill.Checked checked =
        payer.readBill(payee.bill(bill.number()).orElseThrow().qrText()).orElseThrow();
    OutboxEntry half = payer.approve(checked, null, Bench.PIN.toCharArray()).orElseThrow();
    payer.send(half).orElseThrow();
    payee.awaitAnswer(bill, ONCE).orElseThrow();
    payee.send(payee.complete(bill.number(), 0).orElseThrow()).orElseThrow();
    assertThat(payer.takeNotices(ONCE).orElseThrow()).isEqualTo(1);
    assertThat(payer.awaitAnswer(half, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
    assertThat(payer.authorities()).isEmpty();
  }

  @Test
  void step_beyondWhatWasGranted_isRefusedHere() {
    String held = purchase(hold());
    String charged = purchase(charges());
    assertThat(refusal(payee.complete(held, 1_001))).endsWith(":amount");
    assertThat(refusal(payee.complete(held, -1))).endsWith(":amount");
    assertThat(refusal(payee.charge(held, 1))).endsWith(":authority");
    assertThat(refusal(payee.charge(charged, 0))).endsWith(":amount");
    assertThat(refusal(payee.charge(charged, 301))).endsWith(":amount");
    assertThat(refusal(payee.complete(charged, 1))).endsWith(":authority");
    assertThat(refusal(payer.complete(held, 1))).as("the payer's").endsWith(":authority");
    bench.clock.advance(Duration.ofHours(25));
    assertThat(refusal(payee.complete(held, 1))).as("over").endsWith(":authority");
    assertThat(payee.openHalves()).isEmpty();
  }

  @Test
  void charge_anHourLater_isApprovedAndTooEarlyIsDeclined() {
    String number = purchase(charges());
    payee.send(payee.charge(number, 300).orElseThrow()).orElseThrow();
    assertThat(payee.awaitAnswer(number, Purpose.CHARGE, ONCE).orElseThrow().reason())
        .isEqualTo(ReasonClass.HALVES_DO_NOT_MATCH);
    bench.clock.advance(Duration.ofHours(1));
    payee.send(payee.charge(number, 300).orElseThrow()).orElseThrow();
    assertThat(payee.awaitAnswer(number, Purpose.CHARGE, ONCE).orElseThrow().ending())
        .isEqualTo(Ending.APPROVED);
    assertThat(payee.authorities()).as("it stays").hasSize(1);
    assertThat(payer.takeNotices(ONCE).orElseThrow()).isEqualTo(1);
    assertThat(payer.authorities()).as("it stays").hasSize(1);
  }

  @Test
  void authorities_surviveARestart() {
    String number = purchase(hold());
    payee.close();
    payer.close();
    payee = bench.open("Corner Shop");
    payer = bench.open("payer");
    assertThat(payer.authorities()).hasSize(1);
    assertThat(payee.authorities().get(0).limits().hold().limitMinor()).isEqualTo(1_000);
    payee.send(payee.complete(number, 1_000).orElseThrow()).orElseThrow();
    assertThat(payee.awaitAnswer(number, Purpose.COMPLETE, ONCE).orElseThrow().ending())
        .isEqualTo(Ending.APPROVED);
    assertThat(payer.resume().notices()).isEqualTo(1);
    assertThat(payer.authorities()).isEmpty();
  }

  @Test
  void charges_endedByThePayer_areGoneAtTheBank() {
    String number = purchase(charges());
    payer.account().endAuthority(number).orElseThrow();
    assertThat(payer.authorities()).isEmpty();
    assertThat(bench.desk().authorities().count()).isZero();
    assertThat(refusal(payer.account().endAuthority(number))).endsWith(":authority");
    bench.clock.advance(Duration.ofHours(1));
    payee.send(payee.charge(number, 1).orElseThrow()).orElseThrow();
    assertThat(payee.awaitAnswer(number, Purpose.CHARGE, ONCE).orElseThrow().reason())
        .isEqualTo(ReasonClass.OWN_HALF_REFUSED);
  }

  @Test
  void hold_endedByThePayer_isNotPermitted() {
    String number = purchase(hold());
    assertThat(refusal(payer.account().endAuthority(number))).endsWith(":not-permitted");
    assertThat(payer.authorities()).hasSize(1);
  }

  @Test
  void authority_thatTheBankNoLongerHas_goesHereToo() {
    String number = purchase(charges());
    bench.desk().authorities().forget();
    assertThat(refusal(payer.account().endAuthority(number))).endsWith(":gone");
    assertThat(payer.authorities()).isEmpty();
  }
}
