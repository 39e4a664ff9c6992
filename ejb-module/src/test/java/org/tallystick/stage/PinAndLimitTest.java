package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.code.Times;
import org.tallystick.device.DeviceRegister;
import org.tallystick.device.DeviceVault;
import org.tallystick.node.Server;

/** O12 and O13: what a wrong PIN costs, and what a new device may pay. */
class PinAndLimitTest extends StagesCase {
  private static final long LIFE = Duration.ofHours(20).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  @BeforeEach
  void ask() {
    bank.open(asked().life(LIFE).seal());
  }

  private ReasonClass reasonOf(TestDevice.Terms terms) {
    SealedHalf half = terms.seal();
    bank.run(half);
    return bank.answer(payer, half, number).reason();
  }

  private long wrongPins() {
    return bank.count("select wrong_pins from device where id = " + payer.index());
  }

  @Test
  void oneWrongPin_blocksNothing() {
    assertThat(reasonOf(paid().wrongPin())).isEqualTo(ReasonClass.OWN_HALF_REFUSED);
    assertThat(reasonOf(paid())).isEqualTo(ReasonClass.NONE);
  }

  @Test
  void blockedDevice_isAskedNoPin_untilTheLastMillisecond() {
    reasonOf(paid().wrongPin());
    long[] blocks = {30_000, 120_000, 600_000};
    for (int i = 0; i < blocks.length; i++) {
      assertThat(reasonOf(paid().wrongPin())).isEqualTo(ReasonClass.OWN_HALF_REFUSED);
      assertThat(wrongPins()).isEqualTo(i + 2);
      assertThat(reasonOf(paid())).isEqualTo(ReasonClass.BLOCKED);
      bank.later(blocks[i] - 1);
      assertThat(reasonOf(paid().wrongPin())).isEqualTo(ReasonClass.BLOCKED);
      assertThat(wrongPins()).isEqualTo(i + 2);
      bank.later(1);
    }
    assertThat(reasonOf(paid().wrongPin())).isEqualTo(ReasonClass.OWN_HALF_REFUSED);
    assertThat(reasonOf(paid())).isEqualTo(ReasonClass.DEVICE_SUSPENDED);
  }

  @Test
  void guessesInOneBatch_areBlockedAfterTheSecond() {
    SealedHalf[] guesses = new SealedHalf[5];
    for (int i = 0; i < guesses.length; i++) {
      guesses[i] = paid().wrongPin().seal();
    }
    bank.run(guesses);
    assertThat(wrongPins()).isEqualTo(2);
    assertEnded(bank.answer(payer, guesses[4], number), Outcome.DECLINED, ReasonClass.BLOCKED);
  }

  @Test
  void lateGuess_thatWasReceivedBeforeTheBlockEnds_isBlocked() {
    reasonOf(paid().wrongPin());
    reasonOf(paid().wrongPin());
    long received = bank.office.clock.millis();
    SealedHalf guess = paid().wrongPin().seal();
    bank.later(31_000);
    bank.decide(bank.openReceivedAt(guess, received).hints());
    assertEnded(bank.answer(payer, guess, number), Outcome.DECLINED, ReasonClass.BLOCKED);
  }

  @Test
  void payee_whoTypesNoPin_isNeverBlocked() {
    bank.count("select count(*) from device");
    Server.inTransaction(
        bank.office.entities,
        () -> {
          var device = new DeviceRegister(bank.office.entities).lock(payee.index()).orElseThrow();
          device.wrongPin(Times.ofMillis(bank.office.clock.millis()));
          device.wrongPin(Times.ofMillis(bank.office.clock.millis()));
          return device;
        });
    String next = payee.nextNumber();
    bank.open(payee.terms(next, bill).seal());
    assertThat(bank.count("select count(*) from half where number = '" + next + "'")).isEqualTo(1);
    assertThat(
            bank.count(
                "select count(*) from half where state = 'WAITING' and number = '" + next + "'"))
        .isEqualTo(1);
  }

  private void changePin(byte[] verifier) {
    Server.inTransaction(
        bank.office.entities,
        () -> {
          var device = new DeviceRegister(bank.office.entities).lock(payer.index()).orElseThrow();
          device.changePin(new DeviceVault(bank.office.vault).sealPin(payer.deviceId(), verifier));
          return device;
        });
  }

  @Test
  void bothPins_areGood_untilTheNewOneIsProven() {
    byte[] fresh = new byte[32];
    changePin(fresh);
    assertThat(reasonOf(paid())).isEqualTo(ReasonClass.NONE);
    // the terms' wrong PIN is the new one
    for (ReasonClass expected : List.of(ReasonClass.NONE, ReasonClass.NONE)) {
      number = payee.nextNumber();
      bank.open(asked().seal());
      assertThat(reasonOf(paid().wrongPin())).isEqualTo(expected);
    }
    number = payee.nextNumber();
    bank.open(asked().seal());
    assertThat(reasonOf(paid())).isEqualTo(ReasonClass.OWN_HALF_REFUSED);
  }

  @Test
  void newDevice_paysUpToItsLimit_andMoreAfterADay() {
    TestDevice rich = bank.payer(1_000_000);
    String dear = payee.nextNumber();
    bank.open(payee.terms(dear, bill).amount(100_001).life(DAY).seal());
    SealedHalf above = rich.terms(dear, bill).amount(100_001).to(payee.account()).seal();
    bank.run(above);
    assertEnded(bank.answer(rich, above, dear), Outcome.DECLINED, ReasonClass.ABOVE_LIMIT);

    String fair = payee.nextNumber();
    bank.open(payee.terms(fair, bill).amount(100_000).seal());
    SealedHalf within = rich.terms(fair, bill).amount(100_000).to(payee.account()).seal();
    bank.run(within);
    assertEnded(bank.answer(rich, within, fair), Outcome.APPROVED, ReasonClass.NONE);

    bank.later(DAY - 1);
    SealedHalf early = rich.terms(dear, bill).amount(100_001).to(payee.account()).seal();
    bank.run(early);
    assertEnded(bank.answer(rich, early, dear), Outcome.DECLINED, ReasonClass.ABOVE_LIMIT);
    bank.later(1);
    SealedHalf old = rich.terms(dear, bill).amount(100_001).to(payee.account()).seal();
    bank.run(old);
    assertEnded(bank.answer(rich, old, dear), Outcome.APPROVED, ReasonClass.NONE);
    assertThat(bank.balance(rich)).isEqualTo(799_999);
  }

  @Test
  void rightPin_aboveTheLimit_endsTheCountOfWrongOnes() {
    reasonOf(paid().wrongPin());
    assertThat(reasonOf(paid().amount(200_000))).isEqualTo(ReasonClass.ABOVE_LIMIT);
    assertThat(wrongPins()).isZero();
  }

  @Test
  void countersignedDevice_hasNoLimit() {
    Server.inTransaction(
        bank.office.entities,
        () -> {
          var register = new DeviceRegister(bank.office.entities);
          var device = register.lock(payer.index()).orElseThrow();
          var signer = register.byIndex(payee.index()).orElseThrow();
          device.countersign(signer, new byte[1], Times.ofMillis(bank.office.clock.millis()));
          return device;
        });
    assertThat(reasonOf(paid().amount(200_000))).isNotEqualTo(ReasonClass.ABOVE_LIMIT);
  }

  @Test
  void logHead_thatIsNotTheBanks_isAFork() {
    SealedHalf good = paid().seal();
    bank.run(good);
    SealedHalf forked = paid().log(1, new byte[32]).seal();
    bank.run(forked);
    assertEnded(bank.answer(payer, forked, number), Outcome.ERROR, ReasonClass.DEVICE_SUSPENDED);
    assertThat(reasons()).contains("FORK");
    assertThat(
            bank.count(
                "select count(*) from device where suspended_reason = 'FORK' and id = "
                    + payer.index()))
        .isEqualTo(1);
  }

  @Test
  void logLine_beyondTheBanksLast_isAFork() {
    SealedHalf forked = paid().log(1, new byte[32]).seal();
    bank.run(forked);
    assertEnded(bank.answer(payer, forked, number), Outcome.ERROR, ReasonClass.DEVICE_SUSPENDED);
  }

  @Test
  void logSeed_ofAnotherBinding_isAFork() {
    SealedHalf forked = paid().log(0, new byte[32]).seal();
    bank.run(forked);
    assertEnded(bank.answer(payer, forked, number), Outcome.ERROR, ReasonClass.DEVICE_SUSPENDED);
  }

  @Test
  void logHead_ofALineThatIsThere_isGood() {
    reasonOf(paid().wrongPin());
    SealedHalf second = paid().wrongPin().seal();
    bank.run(second);
    var line = bank.answer(payer, second, number).line();
    bank.later(30_000);
    assertThat(reasonOf(paid().log(line.index(), line.head()))).isEqualTo(ReasonClass.NONE);
  }

  @Test
  void codeOfAnEpoch_fromBeforeARecovery_isDeclinedAndUsedUp() throws Exception {
    java.nio.file.Files.writeString(keys.resolve("recovery-epoch"), "1\n");
    SealedHalf half = paid().log(5, new byte[32]).seal();
    bank.run(half);
    assertEnded(bank.answer(payer, half, number), Outcome.DECLINED, ReasonClass.REKEY_FIRST);
    assertThat(bank.run(half)).isEmpty();
    assertThat(bank.balance(payer)).isEqualTo(10_000);
    assertThat(reasons()).contains("REKEY_FIRST");
  }
}
