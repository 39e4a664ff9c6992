package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.agreement.AgreementTerms;
import org.tallystick.agreement.SignedAgreement;
import org.tallystick.answer.ReasonClass;
import org.tallystick.crypto.Sha256;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.notice.AgreementSigned;
import org.tallystick.notice.AgreementToSign;
import org.tallystick.notice.RegistrationMoved;

/** A new version of the agreement, as a device shows, checks and signs it. */
class AgreementFlowTest {
  private static final long VERSION = 4;
  private static final Duration ONCE = Duration.ZERO;
  private static final String TEXT = "AGREEMENT, VERSION 4\n\nEverything as before.\n";

  @TempDir Path folder;
  private Bench bench;
  private TallystickDevice payer;
  private TallystickDevice payee;

  @BeforeEach
  void enrol() {
    bench = new Bench(folder);
    payer = bench.payer("payer");
    payee = bench.payee("Corner Shop");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private AgreementTerms published(long effectiveIn) {
    bench.bank.agreementText(TEXT);
    AgreementTerms terms =
        new AgreementTerms(
            VERSION,
            Sha256.of(TEXT.getBytes(StandardCharsets.UTF_8)),
            bench.clock.millis() + effectiveIn);
    bench.bank.requests().asksToAgree(terms);
    return terms;
  }

  private FinishedEntry pay() {
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    OutboxEntry half =
        payer
            .readBill(payee.bill(bill.number()).orElseThrow().qrText())
            .then(checked -> payer.approve(checked, null, Bench.PIN.toCharArray()))
            .orElseThrow();
    payee.send(bill).orElseThrow();
    payer.send(half).orElseThrow();
    return payer.awaitAnswer(half, ONCE).orElseThrow();
  }

  private static void assertRefused(Result<?> result, String step) {
    assertThat(result.refusal().map(why -> why.type()).orElse("done")).endsWith(":" + step);
  }

  @Test
  void nothingWaits_nothingIsShown() {
    assertThat(payer.agreements().waiting().orElseThrow()).isEmpty();
  }

  @Test
  void newVersion_isShownWithItsText_signed_andRemembered() {
    AgreementTerms terms = published(1_000);
    PendingAgreement shown = payer.agreements().waiting().orElseThrow().orElseThrow();
    assertThat(shown.text()).isEqualTo(TEXT);
    assertThat(shown.terms().effectiveAtMillis()).isEqualTo(terms.effectiveAtMillis());
    payer.agreements().agree(shown).orElseThrow();
    SignedAgreement signed = bench.bank.requests().agreed().get(0);
    assertThat(signed.version()).isEqualTo(VERSION);
    assertThat(signed.hash()).isEqualTo(terms.hash());
    assertThat(signed.contractId())
        .isEqualTo(payer.identity().orElseThrow().binding().contractId());
    payer.close();
    payer = bench.open("payer");
    assertThat(payer.identity().orElseThrow().contractVersion()).isEqualTo(VERSION);
    assertThat(payer.identity().orElseThrow().contractHash()).isEqualTo(terms.hash());
    assertThat(payer.agreements().waiting().orElseThrow()).isEmpty();
  }

  @Test
  void half_beforeTheVersionIsInForce_isGood_afterIt_isRefusedUntilAgreed() {
    published(1_000);
    assertThat(pay().ending()).isEqualTo(Ending.APPROVED);
    published(-1_000);
    FinishedEntry refused = pay();
    assertThat(refused.ending()).isEqualTo(Ending.DECLINED);
    assertThat(refused.reason()).isEqualTo(ReasonClass.AGREE_FIRST);
    payer
        .agreements()
        .agree(payer.agreements().waiting().orElseThrow().orElseThrow())
        .orElseThrow();
    assertThat(pay().ending()).isEqualTo(Ending.APPROVED);
  }

  @Test
  void otherText_isNeitherShownNorSigned() {
    AgreementTerms terms = published(0);
    bench.bank.agreementText(TEXT + " ");
    assertRefused(payer.agreements().waiting(), "AG2");
    assertRefused(payer.agreements().agree(new PendingAgreement(terms, TEXT + " ")), "AG2");
    assertThat(bench.bank.requests().agreed()).isEmpty();
    assertThat(payer.identity().orElseThrow().contractVersion()).isNotEqualTo(VERSION);
  }

  @Test
  void bankThatRefuses_leavesTheDeviceAtItsVersion() {
    PendingAgreement shown = new PendingAgreement(published(0), TEXT);
    bench.bank.requests().asksToAgree(null);
    long before = payer.identity().orElseThrow().contractVersion();
    assertRefused(payer.agreements().agree(shown), "gone");
    assertThat(payer.identity().orElseThrow().contractVersion()).isEqualTo(before);
  }

  @Test
  void lostReply_isMadeUpForByTheSameBytesAndTheNotice() {
    PendingAgreement shown = new PendingAgreement(published(0), TEXT);
    payer.askStatus().orElseThrow(); // leaves a challenge
    bench.bank.losesReplies(true);
    assertThat(payer.agreements().agree(shown).refusal()).isPresent();
    bench.bank.losesReplies(false);
    payer.close();
    payer = bench.open("payer");
    payer.resume();
    assertThat(bench.bank.requests().agreed()).hasSize(1);
    byte[] own = payer.identity().orElseThrow().binding().deviceId();
    bench
        .bank
        .requests()
        .notice("payer", new AgreementSigned(VERSION, shown.terms().hash(), own, new byte[32]));
    payer.takeNotices(ONCE).orElseThrow();
    assertThat(payer.identity().orElseThrow().contractVersion()).isEqualTo(VERSION);
  }

  @Test
  void notices_areKept_andAnOlderVersionTakesNothingBack() {
    AgreementTerms terms = published(1_000);
    bench.bank.requests().notice("payer", new AgreementToSign(terms));
    bench
        .bank
        .requests()
        .notice("payer", new RegistrationMoved(RegistrationMoved.Standing.ACTIVE, 1));
    bench
        .bank
        .requests()
        .notice(
            "payer", new AgreementSigned(VERSION + 1, new byte[32], new byte[16], new byte[32]));
    bench
        .bank
        .requests()
        .notice("payer", new AgreementSigned(VERSION, terms.hash(), new byte[16], new byte[32]));
    assertThat(payer.takeNotices(ONCE).orElseThrow()).isEqualTo(4);
    assertThat(payer.notices()).hasSize(4);
    assertThat(payer.identity().orElseThrow().contractVersion()).isEqualTo(VERSION + 1);
    assertThat(bench.events.seen).contains("notice 5", "notice 6", "notice 7");
  }
}
