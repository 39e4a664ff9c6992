package org.tallystick.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.crypto.SigningKey;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.Epoch;
import org.tallystick.sequencer.EpochSecrets;

/** S4 to S7, O9, O9b and O9c: codes across epochs. */
class EpochsTest {
  private final TestParty payer = new TestParty(Role.PAYER);

  @Test
  void open_firstCodeOfAFreshEpoch_closesTheOlderOne() {
    payer.accept(payer.seal().text());
    payer.rekey(1, 9_000);
    assertThat(payer.bank.older().isOpen()).isTrue();
    OpenedHalf half = payer.accept(payer.seal().text());
    assertThat(half.signed().epoch()).isEqualTo(1);
    assertThat(half.signed().closed()).isEqualTo(78);
    assertThat(payer.bank.older().isOpen()).isFalse();
    assertThat(payer.bank.older().next()).isEqualTo(78);
    assertThat(payer.bank.newest().next()).isEqualTo(9_001);
    payer.accept(payer.seal().text());
  }

  @Test
  void open_codesOfTheOlderEpochUntilThen_stillOpen() {
    SealedHalf late = payer.seal();
    SealedHalf later = payer.seal();
    payer.rekey(1, 9_000);
    SealedHalf fresh = payer.seal();
    payer.accept(late.text());
    assertThat(payer.bank.newest().next()).isEqualTo(9_000);
    payer.accept(fresh.text());
    payer.accept(later.text());
    assertThat(payer.bank.skipped()).isEmpty();
    payer.accept(payer.seal().text());
  }

  @Test
  void open_numberThatTheOlderEpochNeverSealed_isGoneOnceItIsClosed() {
    DeviceSequence old = payer.device;
    payer.accept(payer.seal().text());
    payer.rekey(1, 9_000);
    payer.accept(payer.seal().text());
    payer.device = old;
    payer.seal();
    assertThat(payer.open(payer.seal().text())).isEqualTo(new OpenResult.Dropped("O4"));
  }

  @Test
  void open_secondCodeOfTheFreshEpochFirst_closesTooAndTheFirstStillOpens() {
    payer.accept(payer.seal().text());
    payer.rekey(1, 9_000);
    SealedHalf first = payer.seal();
    SealedHalf second = payer.seal();
    payer.accept(second.text());
    assertThat(payer.bank.older().isOpen()).isFalse();
    payer.accept(first.text());
    assertThat(payer.bank.skipped()).isEmpty();
  }

  private OpenResult.Compromised fork() {
    OpenResult.Compromised fork = (OpenResult.Compromised) payer.open(payer.seal().text());
    assertThat(fork.isFork()).isTrue();
    return fork;
  }

  private void resume(long closed, byte[] prev) {
    DeviceSequence at = payer.device;
    payer.device =
        new DeviceSequence(
            at.epoch(),
            new EpochStart(at.start().first(), closed, prev),
            at.n(),
            at.chain(),
            at.string2(),
            prev);
  }

  @Test
  void open_closedBelowTheBanksNextOrAboveTheEpoch_isAFork() {
    payer.accept(payer.seal().text());
    byte[] prev = payer.device.prev();
    payer.rekey(1, 9_000);
    DeviceSequence good = payer.device;
    resume(77, prev);
    OpenResult.Compromised fork = fork();
    assertThat(fork.step()).isEqualTo("O9");
    assertThat(fork.next().older().isOpen()).isTrue();
    payer.device = good;
    resume(77 + Epoch.NUMBERS + 1, prev);
    assertThat(fork().step()).isEqualTo("O9");
    payer.device = good;
    payer.accept(payer.seal().text());
  }

  @Test
  void open_closedFarBeyondTheWindow_isTheResynchronisation() {
    List<SealedHalf> lost = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lost.add(payer.seal());
    }
    payer.rekey(1, 9_000);
    payer.accept(payer.seal().text());
    assertThat(payer.bank.skipped()).hasSize(DeviceEpochs.MAX_SKIPPED);
    payer.accept(lost.get(199).text());
    assertThat(payer.open(lost.get(0).text())).isEqualTo(new OpenResult.Dropped("O4"));
  }

  @Test
  void open_otherClosedInALaterCodeOfTheEpoch_isAFork() {
    payer.accept(payer.seal().text());
    payer.rekey(1, 9_000);
    payer.accept(payer.seal().text());
    resume(79, payer.device.prev());
    assertThat(fork().step()).isEqualTo("O9");
  }

  @Test
  void open_prevAcrossTheSwitch_isComparedWithTheLastCodeOfTheOlderEpoch() {
    payer.accept(payer.seal().text());
    payer.rekey(1, 9_000);
    resume(78, new byte[16]);
    assertThat(fork().step()).isEqualTo("O9");
  }

  @Test
  void open_lastCodeOfTheOlderEpochLate_isComparedWithTheFirstOfTheNewer() {
    DeviceSequence snapshot = payer.device;
    payer.seal();
    payer.rekey(1, 9_000);
    payer.accept(payer.seal().text());
    payer.device = snapshot;
    assertThat(fork().step()).isEqualTo("O9");
  }

  @Test
  void open_rekeyTwiceWithoutACode_goesOnFromTheLastCodeOfAll() {
    SealedHalf late = payer.seal();
    payer.rekey(1, 9_000);
    payer.rekey(5, 20_000);
    assertThat(payer.bank.older().number()).isEqualTo(1);
    payer.accept(payer.seal().text());
    payer.accept(late.text());
    payer.accept(payer.seal().text());
  }

  @Test
  void open_bankThatLostTheEpoch_isGoneOnWithFromTheOneBefore() {
    payer.accept(payer.seal().text());
    DeviceEpochs backup = payer.bank;
    payer.rekey(1, 9_000);
    payer.accept(payer.seal().text());
    payer.bank = backup;
    payer.used.keySet().removeIf(at -> at.epoch() == 1);
    payer.recoveryEpoch = 1;
    EpochSecrets secrets = payer.secrets(20_000);
    payer.device = payer.device.rekeyedFromPrevious(2, secrets);
    payer.bank = payer.rekeyed(2, secrets);
    OpenedHalf half = payer.accept(payer.seal().text());
    assertThat(half.signed().closed()).isEqualTo(78);
    payer.accept(payer.seal().text());
  }

  @Test
  void rekeyedFromPrevious_inEpoch0_isImpossible() {
    assertThatThrownBy(() -> payer.device.rekeyedFromPrevious(1, payer.secrets(9)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void open_epochFromBeforeARestore_isOpenedAndRefused() {
    payer.accept(payer.seal().text());
    SealedHalf skipped = payer.seal();
    payer.recoveryEpoch = 1;
    OpenResult.RekeyFirst late = (OpenResult.RekeyFirst) payer.open(payer.seal().text());
    assertThat(late.half().signed().n()).isEqualTo(79);
    assertThat(late.next().newest().next()).isEqualTo(80);
    payer.bank = late.next();
    assertThat(payer.open(skipped.text())).isInstanceOf(OpenResult.RekeyFirst.class);
    payer.rekey(1, 9_000);
    assertThat(payer.open(skipped.text())).isInstanceOf(OpenResult.RekeyFirst.class);
    payer.accept(payer.seal().text());
  }

  private HalfTerms withLog(long index, byte[] head) {
    HalfTerms t = payer.terms();
    return new HalfTerms(
        t.role(),
        t.purpose(),
        t.number(),
        t.billHash(),
        t.amount(),
        t.counterparty(),
        t.notAfterMillis(),
        t.shorthand(),
        t.pin(),
        null,
        index,
        head);
  }

  @Test
  void open_logHeadOfAnotherHistory_isAFork() {
    payer.heads.add(payer.bytes(32));
    payer.accept(payer.seal(withLog(1, payer.heads.get(1))).text());
    payer.accept(payer.seal(withLog(0, payer.heads.get(0))).text());
    DeviceSequence here = payer.device;
    for (HalfTerms wrong :
        List.of(
            withLog(1, new byte[32]),
            withLog(2, payer.heads.get(1)),
            withLog(0, payer.bytes(32)))) {
      payer.device = here;
      OpenResult.Compromised fork = (OpenResult.Compromised) payer.open(payer.seal(wrong).text());
      assertThat(fork.step()).isEqualTo("O9b");
      assertThat(fork.isFork()).isTrue();
    }
  }

  @Test
  void open_logThatARestoredBankLost_waitsForTheRekey() {
    payer.recoveryEpoch = 1;
    SealedHalf ahead = payer.seal(withLog(9, payer.bytes(32)));
    assertThat(payer.open(ahead.text())).isInstanceOf(OpenResult.RekeyFirst.class);
  }

  @Test
  void open_goodTagButAnotherSignatureInAFreshEpoch_closesNothing() {
    payer.rekey(1, 9_000);
    HalfSealer thief =
        new HalfSealer(payer.binding, SigningKey.generate(payer.random), payer.random);
    SealedHalf forged =
        thief.seal(
            payer.device, payer.terms(), payer.aliasKey.alias(5, payer.random), TestParty.NOW);
    OpenResult.Compromised result = (OpenResult.Compromised) payer.open(forged.text());
    assertThat(result.step()).isEqualTo("O7");
    assertThat(result.isFork()).isFalse();
    assertThat(result.next().older().isOpen()).isTrue();
    assertThat(result.next().newest().next()).isEqualTo(9_001);
  }

  @Test
  void seal_past256Numbers_isRefused() {
    for (int i = 0; i < Epoch.NUMBERS; i++) {
      assertThat(payer.device.isExhausted()).isFalse();
      payer.accept(payer.seal().text());
    }
    assertThat(payer.device.isExhausted()).isTrue();
    assertThat(payer.device.used()).isEqualTo(256);
    assertThatThrownBy(payer::seal).isInstanceOf(IllegalStateException.class);
    assertThat(payer.bank.find(new byte[8], TestParty.NOW)).isEmpty();
    payer.rekey(1, 9_000);
    payer.accept(payer.seal().text());
  }

  @Test
  void cancel_ofAHalfInTheOlderEpoch_isLeftToTheSlot() {
    TestParty payee = new TestParty(Role.PAYEE);
    HalfTerms first = payee.terms();
    payee.accept(payee.seal(first).text());
    payee.rekey(1, 5_000);
    assertThat(payee.open(payee.seal(cancel(first, first.number(), 77)).text()))
        .isInstanceOf(OpenResult.Opened.class);
    OpenResult.Compromised other =
        (OpenResult.Compromised)
            payee.open(payee.seal(cancel(first, "FEDCBA9876543210", 77)).text());
    assertThat(other.step()).isEqualTo("O8");
  }

  private static HalfTerms cancel(HalfTerms t, String number, long n) {
    return new HalfTerms(
        Role.PAYEE,
        Purpose.CANCEL,
        number,
        t.billHash(),
        t.amount(),
        null,
        t.notAfterMillis(),
        null,
        null,
        n,
        0,
        new byte[32]);
  }

  @Test
  void state_ofTwoEpochs_roundTrips() {
    payer.seal();
    payer.accept(payer.seal().text());
    payer.rekey(1, 9_000);
    payer.bank = payer.bank.noticed();
    roundTrips(payer.bank);
    payer.seal();
    payer.accept(payer.seal().text());
    assertThat(payer.bank.skipped()).hasSize(2);
    roundTrips(payer.bank);
    assertThat(payer.bank.notices().made()).isEqualTo(1);
  }

  private void roundTrips(DeviceEpochs state) {
    DeviceEpochs copy = DeviceEpochs.decode(state.encode());
    assertThat(copy.encode()).isEqualTo(state.encode());
    assertThat(copy.roots()).hasSameSizeAs(state.roots());
    assertThat(copy.older().isOpen()).isEqualTo(state.older().isOpen());
  }

  @Test
  void state_afterTheSwitch_opensNothingOlder() {
    List<SealedHalf> old = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      old.add(payer.seal());
      payer.accept(old.get(i).text());
    }
    payer.rekey(1, 9_000);
    payer.accept(payer.seal().text());
    for (SealedHalf half : old) {
      assertThat(payer.open(half.text())).isEqualTo(new OpenResult.Dropped("O4"));
    }
    assertThat(payer.bank.older().chain()).isNull();
  }

  @Test
  void state_goingBack_isRefused() {
    payer.accept(payer.seal().text());
    EpochSecrets secrets = payer.secrets(5);
    assertThatThrownBy(() -> payer.rekeyed(0, secrets)).isInstanceOf(IllegalStateException.class);
    payer.rekey(3, 9_000);
    assertThatThrownBy(() -> payer.bank.closed(77, TestParty.NOW, TestParty.NOW))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> payer.rekeyed(2, secrets)).isInstanceOf(IllegalStateException.class);
  }
}
