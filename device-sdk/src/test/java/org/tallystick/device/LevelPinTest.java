package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.answer.ReasonClass;
import org.tallystick.bill.Bill;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.BankPin;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.DeviceState;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FileSteps;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.device.state.StateFile;

/** PINs of levels, kind 10 and O12; what lies on the disk meanwhile, property 8. */
class LevelPinTest {
  private static final String LEVEL_PIN = "2580";
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

  private Result<?> set(int level, String pin, String fresh) {
    return payer
        .account()
        .levelPin(level, pin.toCharArray(), fresh == null ? null : fresh.toCharArray());
  }

  private Result<OutboxEntry> approve(Map<Integer, char[]> typed) {
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    payee.send(bill).orElseThrow();
    Bill.Checked checked =
        payer.readBill(payee.bill(bill.number()).orElseThrow().qrText()).orElseThrow();
    return payer.approve(
        checked, Bench.PIN.toCharArray(), PaymentChoice.PLAIN.withLevelPins(typed));
  }

  private FinishedEntry pay(int level, String typed) {
    OutboxEntry half = approve(Map.of(level, typed.toCharArray())).orElseThrow();
    payer.send(half).orElseThrow();
    return payer.awaitAnswer(half, ONCE).orElseThrow();
  }

  private static String refusal(Result<?> result) {
    return result.refusal().orElseThrow().type();
  }

  @Test
  void levelPin_setAndProven_standsOnTheReceipt() {
    set(3, Bench.PIN, LEVEL_PIN).orElseThrow();
    FinishedEntry ended = pay(3, LEVEL_PIN);
    assertThat(ended.ending()).isEqualTo(Ending.APPROVED);
    assertThat(Bench.receipt(ended).levels()).isEqualTo(4);
  }

  @Test
  void levelPin_wrong_isRefusedCountedAndItsReceiptHolds() {
    set(3, Bench.PIN, LEVEL_PIN).orElseThrow();
    FinishedEntry ended = pay(3, "0000");
    assertThat(ended.reason()).isEqualTo(ReasonClass.OWN_HALF_REFUSED);
    assertThat(Bench.receipt(ended).levels()).as("proven").isZero();
    for (int wrong = 2; wrong < 5; wrong++) {
      pay(3, "0000");
    }
    assertThat(pay(3, "0000").reason()).isEqualTo(ReasonClass.DEVICE_SUSPENDED);
    assertThat(bench.desk().isActive("payer")).isFalse();
  }

  @Test
  void levelPin_changedAndRemoved_isKnownNoMore() {
    set(3, Bench.PIN, LEVEL_PIN).orElseThrow();
    set(3, Bench.PIN, "1111").orElseThrow();
    assertThat(pay(3, LEVEL_PIN).ending()).isEqualTo(Ending.DECLINED);
    assertThat(pay(3, "1111").ending()).isEqualTo(Ending.APPROVED);
    set(3, Bench.PIN, null).orElseThrow();
    assertThat(refusal(approve(Map.of(3, "1111".toCharArray())))).endsWith(":level");
  }

  @Test
  void levelPin_underAWrongPin_isRefusedAndTheOldOneStays() {
    set(3, Bench.PIN, LEVEL_PIN).orElseThrow();
    assertThat(refusal(set(3, "0000", "1111"))).endsWith(":wrong-pin");
    assertThat(pay(3, LEVEL_PIN).ending()).isEqualTo(Ending.APPROVED);
  }

  @Test
  void levelPin_neverAsked_staysAsItWas() {
    set(3, Bench.PIN, LEVEL_PIN).orElseThrow();
    payer.askStatus().orElseThrow();
    bench.bank.offline(true);
    payer.close();
    payer = bench.open("payer"); // without a challenge nothing is made
    assertThat(set(3, Bench.PIN, "1111").refusal()).isPresent();
    bench.bank.offline(false);
    assertThat(pay(3, LEVEL_PIN).ending()).isEqualTo(Ending.APPROVED);
  }

  @Test
  void levelPin_whoseReplyIsLost_isNotProvenUntilItIsSetAgain() {
    set(3, Bench.PIN, LEVEL_PIN).orElseThrow();
    bench.bank.losesReplies(true);
    assertThat(set(3, Bench.PIN, "1111").refusal()).isPresent();
    bench.bank.losesReplies(false);
    assertThat(refusal(approve(Map.of(3, LEVEL_PIN.toCharArray())))).endsWith(":level");
    set(3, Bench.PIN, "1111").orElseThrow();
    assertThat(pay(3, "1111").ending()).isEqualTo(Ending.APPROVED);
  }

  @Test
  void levelPin_ofNoLevelOrEmpty_isRefusedAndWiped() {
    char[] pin = Bench.PIN.toCharArray();
    char[] fresh = LEVEL_PIN.toCharArray();
    assertThat(refusal(payer.account().levelPin(8, pin, fresh))).endsWith(":level");
    assertThat(pin).containsOnly('\0');
    assertThat(fresh).containsOnly('\0');
    assertThat(refusal(set(1, Bench.PIN, ""))).endsWith(":pin");
    assertThat(refusal(payee.account().levelPin(1, pin, fresh))).endsWith(":pin");
  }

  @Test
  void levelPins_overThreeInOneHalf_areRefused() {
    for (int level = 1; level <= 4; level++) {
      set(level, Bench.PIN, LEVEL_PIN).orElseThrow();
    }
    Map<Integer, char[]> four =
        Map.of(
            1, LEVEL_PIN.toCharArray(),
            2, LEVEL_PIN.toCharArray(),
            3, LEVEL_PIN.toCharArray(),
            4, LEVEL_PIN.toCharArray());
    assertThat(refusal(approve(four))).endsWith(":level");
    assertThat(four.values()).allSatisfy(typed -> assertThat(typed).containsOnly('\0'));
  }

  /** A stored proof, with the secret beside it, would let each guess be checked. */
  @Test
  void change_whoseReplyIsLost_leavesNoRequestAndNoMaterialInTheFile() {
    payer.askStatus().orElseThrow(); // leaves a challenge, so that the next request does go out
    int before = bench.bank.requests().texts().size();
    bench.bank.losesReplies(true);
    assertThat(set(3, Bench.PIN, LEVEL_PIN).refusal()).isPresent();
    assertThat(bench.bank.requests().texts()).as("it went out").hasSize(before + 1);
    Bound left = atRest();
    assertThat(left.pending()).isNull();
    assertThat(left.identity().levels()).isEmpty();
  }

  private Bound atRest() {
    payer.close();
    DeviceSettings settings = bench.settings("payer", FileSteps.REAL);
    DeviceState none = DeviceState.fresh(new BankPin(new byte[32], settings.baseUrl()));
    try (StateFile file =
        StateFile.open(
            settings.stateFile(),
            settings.platformKeyFile(),
            none,
            FileSteps.REAL,
            new SecureRandom())) {
      return file.state().bound();
    }
  }
}
