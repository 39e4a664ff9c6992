package org.tallystick.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;

/** O8 to O13 for level PINs, terms mode, later steps and the compact profile; D2. */
class HalfConditionsTest {
  private static final long NOW = TestParty.NOW;
  private static final long AMOUNT = 21_382;

  private final TestParty payer = new TestParty(Role.PAYER);
  private final TestParty payee = new TestParty(Role.PAYEE);
  private final PinVerifier two = verifier();
  private final PinVerifier five = verifier();

  private PinVerifier verifier() {
    return PinVerifier.ofBytes(payer.bytes(32));
  }

  private static HalfCheck.Sender sender(
      TestParty party,
      long blocked,
      long limit,
      Map<Integer, PinVerifier> levels,
      long terms,
      Authorities authorities) {
    return new HalfCheck.Sender(
        party.binding,
        party.role,
        true,
        true,
        party.role == Role.PAYER ? party.pin : null,
        null,
        blocked,
        false,
        limit,
        levels,
        terms,
        authorities,
        true);
  }

  private Optional<Refusal> check(HalfTerms terms, HalfCheck.Sender sender) {
    return HalfCheck.check(payer.accept(payer.seal(terms).text()), sender, NOW);
  }

  private Optional<Refusal> levels(Map<Integer, PinVerifier> typed, Map<Integer, PinVerifier> set) {
    HalfOptions options = new HalfOptions(null, null, typed, false);
    return check(payer.terms().with(options), sender(payer, 0, 0, set, 0, Authorities.NONE));
  }

  @Test
  void check_levelPins_eachIsProven() {
    Map<Integer, PinVerifier> set = Map.of(2, two, 5, five);
    assertThat(levels(Map.of(2, two), set)).isEmpty();
    assertThat(levels(Map.of(2, two, 5, five), set)).isEmpty();
    assertThat(levels(Map.of(), set)).isEmpty();
    assertThat(levels(Map.of(2, five, 5, five), set)).contains(Refusal.LEVEL_PIN_WRONG);
    assertThat(levels(Map.of(2, two, 5, two), set)).contains(Refusal.LEVEL_PIN_WRONG);
    assertThat(levels(Map.of(3, two), set)).contains(Refusal.LEVEL_PIN_WRONG);
    assertThat(levels(Map.of(2, two), Map.of())).contains(Refusal.LEVEL_PIN_WRONG);
  }

  @Test
  void check_levelPin_isLookedAtAfterThePin() {
    HalfOptions wrong = new HalfOptions(null, null, Map.of(2, five), false);
    OpenedHalf half = payer.accept(payer.seal(payer.terms().with(wrong)).text());
    HalfCheck.Sender other =
        new HalfCheck.Sender(
            payer.binding,
            Role.PAYER,
            true,
            true,
            five,
            null,
            0,
            false,
            0,
            Map.of(2, two),
            0,
            Authorities.NONE,
            true);
    assertThat(HalfCheck.check(half, other, NOW)).contains(Refusal.PIN_WRONG);
  }

  @Test
  void check_levelPinOfAPayee_isProvenToo_andBlockedToo() {
    HalfOptions options = new HalfOptions(null, null, Map.of(2, two), false);
    OpenedHalf half = payee.accept(payee.seal(payee.terms().with(options)).text());
    Map<Integer, PinVerifier> set = Map.of(2, two);
    assertThat(HalfCheck.check(half, sender(payee, 0, 0, set, 0, Authorities.NONE), NOW)).isEmpty();
    assertThat(HalfCheck.check(half, sender(payee, 0, 0, Map.of(), 0, Authorities.NONE), NOW))
        .contains(Refusal.LEVEL_PIN_WRONG);
    assertThat(HalfCheck.check(half, sender(payee, NOW + 1, 0, set, 0, Authorities.NONE), NOW))
        .contains(Refusal.BLOCKED);
  }

  private Optional<Refusal> terms(long limit, long deviceLimit) {
    return check(
        payer.terms().with(Conditions.TERMS),
        sender(payer, 0, deviceLimit, Map.of(), limit, Authorities.NONE));
  }

  @Test
  void check_termsMode_upToTheBanksLimit() {
    assertThat(terms(AMOUNT, 0)).isEmpty();
    assertThat(terms(AMOUNT - 1, 0)).contains(Refusal.ABOVE_TERMS_LIMIT);
    assertThat(terms(0, 0)).contains(Refusal.ABOVE_TERMS_LIMIT);
    assertThat(terms(AMOUNT - 1, AMOUNT - 1)).contains(Refusal.ABOVE_DEVICE_LIMIT);
    assertThat(check(payer.terms(), sender(payer, 0, 0, Map.of(), 0, Authorities.NONE))).isEmpty();
  }

  @Test
  void check_termsModeOfAPayee_hasNoLimit() {
    OpenedHalf half = payee.accept(payee.seal(payee.terms().with(Conditions.TERMS)).text());
    assertThat(HalfCheck.check(half, payee.sender(), NOW)).isEmpty();
  }

  private Optional<Refusal> limited(Limits limits, long deviceLimit) {
    return check(
        payer.terms().with(Conditions.of(limits)),
        sender(payer, 0, deviceLimit, Map.of(), 0, Authorities.NONE));
  }

  @Test
  void check_newDevicesLimit_countsTheHighestAmountThatMayMove() {
    Limits hold = new Limits(null, new Limits.Hold(30_000, NOW), null);
    assertThat(limited(hold, 30_000)).isEmpty();
    assertThat(limited(hold, 29_999)).contains(Refusal.ABOVE_DEVICE_LIMIT);
    Limits charges = new Limits(null, null, new Limits.Charges(30_000, 1, 3_600_000, NOW));
    assertThat(limited(charges, 30_000)).isEmpty();
    assertThat(limited(charges, 29_999)).contains(Refusal.ABOVE_DEVICE_LIMIT);
    Limits small = new Limits(null, null, new Limits.Charges(1, 1, 3_600_000, NOW));
    assertThat(limited(small, AMOUNT)).isEmpty();
    assertThat(limited(small, AMOUNT - 1)).contains(Refusal.ABOVE_DEVICE_LIMIT);
    assertThat(limited(Limits.ofTip(5), AMOUNT - 1)).contains(Refusal.ABOVE_DEVICE_LIMIT);
  }

  private HalfTerms later(TestParty party, Purpose purpose, byte[] belongsTo) {
    HalfTerms t = party.terms();
    return new HalfTerms(
            t.role(),
            purpose,
            "0123456789ABCDEF",
            t.billHash(),
            Money.of(5, "USD"),
            null,
            t.notAfterMillis(),
            null,
            null,
            null,
            0,
            t.logHead())
        .with(HalfOptions.belongingTo(belongsTo));
  }

  @Test
  void check_laterStep_needsItsAuthority() {
    byte[] belongsTo = payee.bytes(32);
    Authorities open =
        (half, hash) ->
            half.code().number().equals("0123456789ABCDEF") && Arrays.equals(hash, belongsTo);
    for (Purpose purpose : new Purpose[] {Purpose.COMPLETE, Purpose.CHARGE}) {
      OpenedHalf half = payee.accept(payee.seal(later(payee, purpose, belongsTo)).text());
      assertThat(half.numberIsOwn()).isTrue();
      assertThat(HalfCheck.check(half, sender(payee, 0, 0, Map.of(), 0, open), NOW)).isEmpty();
      assertThat(HalfCheck.check(half, payee.sender(), NOW)).contains(Refusal.NO_AUTHORITY);
    }
    OpenedHalf other = payee.accept(payee.seal(later(payee, Purpose.CHARGE, new byte[32])).text());
    assertThat(HalfCheck.check(other, sender(payee, 0, 0, Map.of(), 0, open), NOW))
        .contains(Refusal.NO_AUTHORITY);
  }

  @Test
  void open_laterStepByAPayer_isCompromised() {
    HalfTerms terms = later(payer, Purpose.CHARGE, new byte[32]);
    OpenResult result = payer.open(payer.seal(terms).text());
    assertThat(((OpenResult.Compromised) result).step()).isEqualTo("O8");
  }

  @Test
  void check_compactHalf_isOfTheBoundAccount_andProvesItsPin() {
    HalfTerms compact = payer.terms().with(HalfOptions.COMPACT);
    assertThatThrownBy(() -> payer.seal(compact))
        .isInstanceOf(MalformedInputException.class); // "Account 1" has nine bytes
    OpenedHalf half = payer.accept(payer.seal(shorter(compact)).text());
    assertThat(half.signed().compact()).isTrue();
    assertThat(HalfCheck.check(half, payer.sender(), NOW)).isEmpty();
    SignedMap bound =
        half.signed()
            .boundTo(
                payer.binding.deviceId(),
                payer.binding.accountIdentifier(),
                payer.binding.contractId());
    assertThat(bound.deviceId()).isEqualTo(payer.binding.deviceId());
    assertThat(bound.accountIdentifier()).isEqualTo(payer.binding.accountIdentifier());
    assertThat(bound.contractId()).isEqualTo(payer.binding.contractId());
    assertThat(bound.encode()).isEqualTo(half.signed().encode());
    assertThat(half.signed().deviceId()).isEmpty();
    assertThat(half.signed().accountIdentifier()).isEmpty();
    assertThat(half.signed().contractId()).isEmpty();
  }

  private static HalfTerms shorter(HalfTerms t) {
    return new HalfTerms(
            t.role(),
            t.purpose(),
            t.number(),
            t.billHash(),
            t.amount(),
            null,
            t.notAfterMillis(),
            "Account1",
            t.pin(),
            null,
            0,
            t.logHead())
        .with(HalfOptions.COMPACT);
  }

  @Test
  void boundTo_anyOtherHalf_saysItselfWhoItIs() {
    SignedMap signed = payer.accept(payer.seal().text()).signed();
    assertThat(signed.boundTo(new byte[16], new byte[16], new byte[16])).isSameAs(signed);
  }

  @Test
  void seal_termsThatAreNotAHalf_usesNothingUp() {
    DeviceSequence before = payer.device;
    Limits late = new Limits(null, new Limits.Hold(AMOUNT, NOW + Limits.Hold.MAX_MILLIS + 1), null);
    assertThatThrownBy(() -> payer.seal(payer.terms().with(Conditions.of(late))))
        .isInstanceOf(MalformedInputException.class);
    assertThat(payer.device).isSameAs(before);
    assertThat(payer.accept(payer.seal().text()).signed().n()).isEqualTo(77);
  }

  @Test
  void refusals_afterThePins_andOfPins_areToldApart() {
    for (Refusal refusal : Refusal.values()) {
      assertThat(refusal.isWrongPin())
          .isEqualTo(refusal == Refusal.PIN_WRONG || refusal == Refusal.LEVEL_PIN_WRONG);
      assertThat(refusal.isAfterPins())
          .isEqualTo(refusal == Refusal.ABOVE_DEVICE_LIMIT || refusal == Refusal.ABOVE_TERMS_LIMIT);
    }
  }

  @Test
  void options_shown_tellNoSecret() {
    HalfOptions options = new HalfOptions(null, "KD-4711", Map.of(2, two), false);
    assertThat(options.toString()).doesNotContain("4711").contains("[2]").contains("false");
  }
}
