package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillItem;
import org.tallystick.bill.PaymentOffer;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.money.Money;

/** A sender starts: F1 to F3. */
class OfferTest {
  private static final Duration LIFE = Duration.ofMinutes(10);
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

  private PaymentOffer offer(Long minor, String currency) {
    PaymentOffer made = payer.offers().make(minor, currency, "Lunch", LIFE).orElseThrow();
    PaymentOffer read = payee.offers().read(made.qrText()).orElseThrow();
    assertThat(read.encode()).isEqualTo(made.encode());
    return made;
  }

  private static String refusal(Result<?> result) {
    return result.refusal().orElseThrow().type();
  }

  @Test
  void offer_acceptedAndLookedAt_isPaid() {
    PaymentOffer offer = offer(400L, "USD");
    OutboxEntry bill = payee.acceptOffer(offer, Bench.coffee()).orElseThrow();
    payee.send(bill).orElseThrow();
    Bill.Checked looked = payer.fetchBill(offer).orElseThrow();
    assertThat(looked.provider().displayName()).isEqualTo("Corner Shop");
    OutboxEntry half = payer.approve(looked, null, Bench.PIN.toCharArray()).orElseThrow();
    payer.send(half).orElseThrow();
    assertThat(payee.awaitAnswer(bill, ONCE).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
  }

  @Test
  void offer_billOfAnotherAmountOrCurrency_isRefusedBeforeAnythingIsSealed() {
    assertThat(refusal(payee.acceptOffer(offer(401L, "USD"), Bench.coffee()))).endsWith(":F1");
    assertThat(refusal(payee.acceptOffer(offer(null, "EUR"), Bench.coffee()))).endsWith(":F1");
    assertThat(payee.openHalves()).isEmpty();
    assertThat(payee.acceptOffer(offer(null, null), Bench.coffee()).refusal()).isEmpty();
  }

  @Test
  void look_billOfAnotherAmountThanOffered_failsF2() {
    PaymentOffer offer = offer(400L, "USD");
    PaymentOffer forged =
        new PaymentOffer(
            offer.consortium(), offer.id(), 4_000L, "USD", offer.expiresMillis(), null);
    BillRequest dear = BillRequest.of(List.of(new BillItem("x", 4_000)), Money.of(0, "USD"));
    payee.acceptOffer(forged, dear).orElseThrow();
    assertThat(refusal(payer.fetchBill(offer))).endsWith(":F2");
    assertThat(payer.openHalves()).isEmpty();
  }

  @Test
  void look_strangersBillCameFirst_showsTheStrangersNameAndStays() {
    PaymentOffer offer = offer(400L, "USD");
    TallystickDevice stranger = bench.payee("Stranger");
    stranger.acceptOffer(offer, Bench.coffee()).orElseThrow();
    assertThat(refusal(payee.acceptOffer(offer, Bench.coffee()))).endsWith(":limit");
    assertThat(payer.fetchBill(offer).orElseThrow().provider().displayName()).isEqualTo("Stranger");
  }

  @Test
  void look_beforeAnyBill_isGone() {
    assertThat(refusal(payer.fetchBill(offer(400L, "USD")))).endsWith(":gone");
  }

  @Test
  void read_expiredOrOfAnotherForm_failsF1() {
    PaymentOffer offer = offer(400L, "USD");
    assertThat(refusal(payee.offers().read("TALLYO:AA"))).endsWith(":F1");
    bench.clock.advance(LIFE.plusMillis(1));
    assertThat(refusal(payee.offers().read(offer.qrText()))).endsWith(":F1");
  }

  @Test
  void make_tooLongOrByAProvider_isRefused() {
    assertThat(refusal(payer.offers().make(1L, "USD", null, Duration.ofMinutes(16))))
        .endsWith(":offer");
    assertThat(refusal(payer.offers().make(1L, null, null, LIFE))).endsWith(":offer");
    assertThat(refusal(payee.offers().make(1L, "USD", null, LIFE))).endsWith(":role");
  }
}
