package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.HalfOptions;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceRegister;
import org.tallystick.device.DeviceVault;
import org.tallystick.keys.KeyUse;
import org.tallystick.keys.SealBrokenException;
import org.tallystick.node.Server;
import org.tallystick.pin.PinVerifier;
import org.tallystick.request.RequestStage;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.RequestsFixture;
import org.tallystick.request.SealedReply;
import org.tallystick.request.SealedRequest;
import org.tallystick.request.SentRequest;

/** Section 7, level PINs: set by request 10, proven by halves (O12), named by receipts. */
class LevelPinTest extends StagesCase {
  private static final long DAY = 86_400_000L;

  private RequestStage stage;

  @BeforeEach
  void wire() {
    stage = RequestsFixture.over(bank.office);
  }

  /** What a person typed; the number stands for the PIN. */
  private static PinVerifier typed(int pin) {
    byte[] v = new byte[32];
    v[0] = (byte) pin;
    return PinVerifier.ofBytes(v);
  }

  private SentRequest change(
      TestDevice device, PinVerifier own, int level, @Nullable PinVerifier fresh) {
    byte[] challenge = RequestsFixture.challenges(bank.office).make();
    return device.askForLevelPin(challenge, own, level, fresh);
  }

  private byte[] send(SentRequest sent) {
    return Server.inTransaction(
        bank.office.entities, () -> stage.answer(SealedRequest.parse(sent.text())));
  }

  private RequestStatus ask(TestDevice device, SentRequest sent) {
    return SealedReply.open(
            send(sent),
            sent.replyTo(device.binding()),
            sent.kind(),
            bank.office.vault.signer(KeyUse.ANSWER).verificationKey())
        .orElseThrow()
        .status();
  }

  private RequestStatus set(TestDevice device, int level, @Nullable PinVerifier fresh) {
    return ask(device, change(device, device.pin(), level, fresh));
  }

  /** Options of a half that proves levels by these PINs: level, PIN, level, PIN … */
  private static HalfOptions proving(int... levelsAndPins) {
    Map<Integer, PinVerifier> proofs = new HashMap<>();
    for (int i = 0; i < levelsAndPins.length; i += 2) {
      proofs.put(levelsAndPins[i], typed(levelsAndPins[i + 1]));
    }
    return new HalfOptions(null, null, proofs, false);
  }

  private Answer pay(HalfOptions options) {
    number = payee.nextNumber();
    SealedHalf pay = paid().with(options).seal();
    bank.run(asked().life(DAY).seal(), pay);
    return bank.answer(payer, pay, number);
  }

  private long wrongPins() {
    return bank.count("select wrong_pins from device where id = " + payer.index());
  }

  @Test
  void levelsProven_areOnTheReceiptOfThatHalfAlone() {
    set(payer, 1, typed(1));
    set(payer, 3, typed(3));
    set(payer, 7, typed(7));
    SealedHalf ask = asked().seal();
    SealedHalf pay = paid().with(proving(1, 1, 7, 7)).seal();
    bank.run(ask, pay);
    assertThat(receipt(bank.answer(payer, pay, number)).levels()).isEqualTo(0b100_0001);
    assertThat(receipt(bank.answer(payee, ask, number)).levels()).isZero();
    assertThat(receipt(pay(proving(3, 3))).levels()).isEqualTo(0b100);
    assertThat(receipt(pay(HalfOptions.NONE)).levels()).isZero();
  }

  @Test
  void wrongLevelPin_isRefused_andCountsAsAWrongPin() {
    set(payer, 2, typed(2));
    set(payer, 4, typed(4));
    Answer answer = pay(proving(2, 2, 4, 5));
    assertEnded(answer, Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(reasons()).contains("LEVEL_PIN_WRONG");
    assertThat(receipt(answer).levels()).isZero();
    assertThat(wrongPins()).isEqualTo(1);
    assertThat(bank.balance(payer)).isEqualTo(10_000);
    assertEnded(pay(proving(2, 2, 4, 4)), Outcome.APPROVED, ReasonClass.NONE);
    assertThat(wrongPins()).isZero();
  }

  @Test
  void levelThatIsNotSet_isRefused_andCountsAsAWrongPin() {
    set(payer, 2, typed(2));
    assertEnded(pay(proving(3, 2)), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertThat(wrongPins()).isEqualTo(1);
  }

  @Test
  void levelOfAnotherDevice_isNotThisOnes() {
    set(bank.payer(0), 2, typed(2));
    assertEnded(pay(proving(2, 2)), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
  }

  @Test
  void devicesInOneBatch_areEachCheckedByTheirOwn() {
    TestDevice second = bank.payer(5_000);
    set(payer, 1, typed(1));
    set(second, 1, typed(2));
    TestDevice shop = bank.payee();
    String other = shop.nextNumber();
    SealedHalf ask = shop.terms(other, bill).seal();
    SealedHalf wrong = second.terms(other, bill).to(shop.account()).with(proving(1, 1)).seal();
    SealedHalf right = second.terms(other, bill).to(shop.account()).with(proving(1, 2)).seal();
    SealedHalf own = paid().with(proving(1, 1)).seal();
    bank.run(own, ask, wrong, right);
    assertEnded(bank.answer(second, wrong, other), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertEnded(bank.answer(second, right, other), Outcome.APPROVED, ReasonClass.NONE);
    assertThat(bank.stored(own)).isEmpty(); // good, and waiting
  }

  @Test
  void wrongLevelPins_block_andAtLastSuspend() {
    set(payer, 2, typed(2));
    List<ReasonClass> heard = new ArrayList<>();
    for (long wait : new long[] {0, 0, 0, 30_000, 120_000, 600_000}) {
      bank.later(wait);
      heard.add(pay(proving(2, 3)).reason());
    }
    assertThat(heard.remove(2)).isEqualTo(ReasonClass.BLOCKED);
    assertThat(heard).containsOnly(ReasonClass.OWN_HALF_REFUSED);
    assertEnded(pay(HalfOptions.NONE), Outcome.DECLINED, ReasonClass.DEVICE_SUSPENDED);
  }

  @Test
  void payee_mayProveLevelsToo() {
    set(payee, 1, typed(1));
    SealedHalf wrong = asked().with(proving(1, 2)).seal();
    bank.run(wrong);
    assertEnded(bank.answer(payee, wrong, number), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    number = payee.nextNumber();
    SealedHalf ask = asked().with(proving(1, 1)).seal();
    bank.run(ask, paid().seal());
    assertThat(receipt(bank.answer(payee, ask, number)).levels()).isEqualTo(1);
    assertThat(bank.count("select wrong_pins from device where id = " + payee.index())).isZero();
  }

  @Test
  void changedLevelPin_replacesTheOldOneAtOnce() {
    set(payer, 2, typed(2));
    assertThat(set(payer, 2, typed(9))).isEqualTo(RequestStatus.DONE);
    assertEnded(pay(proving(2, 2)), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
    assertEnded(pay(proving(2, 9)), Outcome.APPROVED, ReasonClass.NONE);
    assertThat(bank.count("select count(*) from level_pin where device_pk = " + payer.index()))
        .isEqualTo(1);
  }

  @Test
  void removedLevel_isNotSet_andToRemoveItAgainIsDone() {
    set(payer, 2, typed(2));
    assertThat(set(payer, 2, null)).isEqualTo(RequestStatus.DONE);
    assertThat(set(payer, 2, null)).isEqualTo(RequestStatus.DONE);
    assertEnded(pay(proving(2, 2)), Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED);
  }

  @Test
  void wrongOwnPin_setsNothing_isCounted_andBlocks() {
    List<RequestStatus> heard = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      heard.add(ask(payer, change(payer, typed(1), 2, typed(2))));
    }
    assertThat(heard)
        .containsExactly(RequestStatus.WRONG_PIN, RequestStatus.WRONG_PIN, RequestStatus.BLOCKED);
    assertThat(set(payer, 2, typed(2))).isEqualTo(RequestStatus.BLOCKED);
    assertThat(bank.count("select count(*) from level_pin where device_pk = " + payer.index()))
        .isZero();
    bank.later(30_000);
    assertThat(set(payer, 2, typed(2))).isEqualTo(RequestStatus.DONE);
    assertThat(wrongPins()).isZero();
  }

  @Test
  void sameRequestAgain_getsTheSameReply_andChangesNothingMore() {
    SentRequest first = change(payer, payer.pin(), 2, typed(2));
    byte[] reply = send(first);
    set(payer, 2, typed(3));
    assertThat(send(first)).isEqualTo(reply);
    assertEnded(pay(proving(2, 3)), Outcome.APPROVED, ReasonClass.NONE);
  }

  @Test
  void deviceWithoutAPin_hasNoLevels() {
    Server.inTransaction(
        bank.office.entities,
        () ->
            bank.office
                .entities
                .createNativeQuery(
                    "update device set pin_verifier_wrapped = null, profile = 2 where id = "
                        + payee.index())
                .executeUpdate());
    bank.office.entities.clear();
    assertThat(set(payee, 1, typed(1))).isEqualTo(RequestStatus.NOT_PERMITTED);
  }

  @Test
  void storedVerifier_isWrapped_forThisDeviceAndThisLevel() {
    set(payer, 2, typed(2));
    byte[] stored =
        (byte[])
            Server.inTransaction(
                bank.office.entities,
                () ->
                    bank.office
                        .entities
                        .createNativeQuery(
                            "select verifier_wrapped from level_pin where device_pk = "
                                + payer.index())
                        .getSingleResult());
    Device device =
        Server.inTransaction(
            bank.office.entities,
            () -> new DeviceRegister(bank.office.entities).byIndex(payer.index()).orElseThrow());
    Device other =
        Server.inTransaction(
            bank.office.entities,
            () -> new DeviceRegister(bank.office.entities).byIndex(payee.index()).orElseThrow());
    DeviceVault vault = new DeviceVault(bank.office.vault);
    try (PinVerifier opened = vault.levelPin(device, 2, stored)) {
      assertThat(opened.toBytes()).isEqualTo(typed(2).toBytes());
    }
    assertThatThrownBy(() -> vault.levelPin(device, 3, stored))
        .isInstanceOf(SealBrokenException.class);
    assertThatThrownBy(() -> vault.levelPin(other, 2, stored))
        .isInstanceOf(SealBrokenException.class);
  }
}
