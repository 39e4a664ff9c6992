package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.answer.Progress;
import org.tallystick.bill.Bill;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.fixture.FakeBankServer;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FileSteps;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.device.transport.Backoff;
import org.tallystick.device.transport.HttpBankConnection;

/** What the bank tells of halves that wait: G1 to G3. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProgressTest {
  private static final Duration ONCE = Duration.ZERO;

  @TempDir Path folder;
  private Bench bench;
  private TallystickDevice payee;

  @BeforeEach
  void devices() {
    bench = new Bench(folder);
    payee = bench.payee("Corner Shop");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static BillRequest coffee(boolean progress) {
    BillRequest plain = Bench.coffee();
    return new BillRequest(
        plain.items(), plain.tax(), null, plain.life(), null, false, plain.conditions(), progress);
  }

  private OutboxEntry parked(TallystickDevice till, boolean progress) {
    OutboxEntry bill = till.makeBill(coffee(progress)).orElseThrow();
    till.send(bill).orElseThrow();
    return bill;
  }

  private List<String> waitings() {
    return bench.events.seen.stream().filter(word -> word.startsWith("waiting")).toList();
  }

  @Test
  void progress_notAskedFor_isNotTold() {
    OutboxEntry bill = parked(payee, false);
    payee.awaitAnswer(bill, ONCE);
    assertThat(waitings()).isEmpty();
  }

  @Test
  void progress_eachMessageIsToldOnceAndChangesNothing() {
    OutboxEntry bill = parked(payee, true);
    payee.awaitAnswer(bill, ONCE);
    assertThat(waitings()).containsExactly("waiting 1");
    bench.desk().progress().giveAgain();
    payee.awaitAnswer(bill, ONCE);
    assertThat(waitings()).containsExactly("waiting 1");
    bench.desk().progress().tellMore();
    payee.awaitAnswer(bill, ONCE);
    assertThat(waitings()).containsExactly("waiting 1", "waiting 2");
    assertThat(payee.openHalves()).hasSize(1);
    assertThat(payee.receipts()).isEmpty();
  }

  @Test
  void progress_garbled_isPassedOver() {
    OutboxEntry bill = parked(payee, true);
    bench.desk().progress().garble();
    assertThat(payee.awaitAnswer(bill, ONCE).refusal().orElseThrow().type()).endsWith(":pending");
    assertThat(waitings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"code", "device", "n"})
  void progress_ofAnotherHalf_isPassedOver(String what) {
    bench
        .desk()
        .progress()
        .alters(
            told ->
                new Progress(
                    what.equals("device") ? new byte[16] : told.deviceId(),
                    told.epoch(),
                    what.equals("n") ? told.n() + 1 : told.n(),
                    what.equals("code") ? new byte[32] : told.codeHash(),
                    told.i(),
                    told.stage(),
                    told.timeMillis(),
                    told.notAfterMillis()));
    payee.awaitAnswer(parked(payee, true), ONCE);
    assertThat(waitings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void progress_overHttp_isHeardOnceBeforeTheAnswer(boolean socket) throws IOException {
    try (FakeBankServer server = new FakeBankServer(bench.bank);
        TallystickDevice till =
            TallystickDevice.open(
                bench.settings("till", FileSteps.REAL),
                new HttpBankConnection(
                    server.url(), new Backoff(4, 100, 400, new Random(1), pause -> {})),
                bench.events)) {
      server.hasSocket(socket);
      till.enrol(bench.bank.activate("PROVIDER", "till"), null, Bench.FOOTPRINT, agreed -> true)
          .orElseThrow();
      OutboxEntry bill = parked(till, true);
      assertThat(till.awaitAnswer(bill, Duration.ofMillis(1_500)).refusal()).isPresent();
      assertThat(waitings()).containsExactly("waiting 1");
      bench.desk().progress().giveAgain();
      assertThat(till.awaitAnswer(bill, Duration.ofMillis(1_500)).refusal()).isPresent();
      assertThat(waitings()).containsExactly("waiting 1");
      assertThat(server.paths()).as("it does not ask over and over").hasSizeLessThan(40);

      TallystickDevice payer = bench.payer("payer");
      Bill.Checked checked =
          payer.readBill(till.bill(bill.number()).orElseThrow().qrText()).orElseThrow();
      payer.send(payer.approve(checked, null, Bench.PIN.toCharArray()).orElseThrow()).orElseThrow();
      assertThat(till.awaitAnswer(bill, Duration.ofSeconds(10)).orElseThrow().ending())
          .isEqualTo(Ending.APPROVED);
      assertThat(bench.events.seen).containsSubsequence("waiting 1", "ended APPROVED");
    }
  }
}
