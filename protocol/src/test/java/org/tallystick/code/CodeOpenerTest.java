package org.tallystick.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Suite;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.Epoch;

/** TSE-05, TSE-09, TSE-11: opening, step by step, with what each step refuses. */
class CodeOpenerTest {
  private final TestParty payer = new TestParty(Role.PAYER);

  @Test
  void open_goodHalf_givesTermsAndNextState() {
    SealedHalf sealed = payer.seal();
    OpenResult.Opened opened = (OpenResult.Opened) payer.open(sealed.text());
    assertThat(opened.half().signed().amount()).isEqualTo(Money.of(21382, "USD"));
    assertThat(opened.half().privateMap().shorthand()).isEqualTo("Account 1");
    assertThat(opened.next().newest().next()).isEqualTo(78);
    assertThat(opened.half().replyRoot()).isEqualTo(sealed.replyRoot());
    assertThat(HalfCheck.check(opened.half(), payer.sender(), TestParty.NOW)).isEmpty();
  }

  @Test
  void open_sameCodeAgain_findsNoKey() {
    SealedHalf sealed = payer.seal();
    payer.accept(sealed.text());
    assertThat(payer.open(sealed.text())).isEqualTo(new OpenResult.Dropped("O4"));
  }

  @Test
  void open_codesInReverseOrder_bothOpen() {
    SealedHalf first = payer.seal();
    SealedHalf second = payer.seal();
    payer.accept(second.text());
    payer.accept(first.text());
    assertThat(payer.bank.skipped()).isEmpty();
    payer.accept(payer.seal().text());
  }

  @Test
  void open_sixtyThreeCodesLost_stillMeetsAgain() {
    for (int i = 0; i < Epoch.WINDOW - 1; i++) {
      payer.seal();
    }
    payer.accept(payer.seal().text());
    assertThat(payer.bank.skipped()).hasSize(Epoch.WINDOW - 1);
  }

  @Test
  void open_beyondTheWindow_isDropped() {
    for (int i = 0; i < Epoch.WINDOW; i++) {
      payer.seal();
    }
    assertThat(payer.open(payer.seal().text())).isEqualTo(new OpenResult.Dropped("O4"));
  }

  @Test
  void open_anyFlippedCharacter_neverOpensAndUsesNothingUp() {
    String text = payer.seal().text();
    DeviceEpochs before = payer.bank;
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      String flipped = text.substring(0, i) + other + text.substring(i + 1);
      if (flipped.equals(text)) {
        continue;
      }
      OpenResult result;
      try {
        result = payer.open(flipped);
      } catch (MalformedInputException malformed) {
        continue;
      }
      assertThat(result).as("character " + i).isInstanceOf(OpenResult.Dropped.class);
    }
    assertThat(payer.bank).isSameAs(before);
    payer.accept(text);
  }

  @Test
  void parse_truncatedAnywhere_isMalformedOrDropped() {
    String text = payer.seal().text();
    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      try {
        assertThat(payer.open(cut)).isInstanceOf(OpenResult.Dropped.class);
      } catch (MalformedInputException malformed) {
        assertThat(malformed.getMessage()).doesNotContain(cut.isEmpty() ? "\0" : cut);
      }
    }
  }

  @Test
  void parse_oversized_isRefusedBeforeDecoding() {
    assertThatThrownBy(() -> Code.parse("TL::".repeat(4000)))
        .isInstanceOf(MalformedInputException.class);
  }

  @Test
  void open_readdressedToAnotherTransaction_isDropped() {
    String[] fields = payer.seal().text().split("::", -1);
    fields[1] = "FEDCBA9876543210";
    assertThat(payer.open(String.join("::", fields))).isEqualTo(new OpenResult.Dropped("O5"));
  }

  @Test
  void open_codeOfAnotherDevice_isDropped() {
    assertThat(payer.open(new TestParty(Role.PAYER).seal().text()))
        .isEqualTo(new OpenResult.Dropped("O4"));
  }

  @Test
  void open_goodTagButAnotherSigningKey_isCompromised() {
    HalfSealer thief =
        new HalfSealer(payer.binding, SigningKey.generate(payer.random), payer.random);
    SealedHalf forged =
        thief.seal(
            payer.device, payer.terms(), payer.aliasKey.alias(5, payer.random), TestParty.NOW);
    OpenResult.Compromised result = (OpenResult.Compromised) payer.open(forged.text());
    assertThat(result.step()).isEqualTo("O7");
    assertThat(result.next().newest().next()).isEqualTo(78);
  }

  @Test
  void open_payeeUnderAForeignNumber_needsAReservationOfIt() {
    TestParty payee = new TestParty(Role.PAYEE);
    HalfTerms own = payee.terms();
    HalfTerms other =
        new HalfTerms(
            Role.PAYEE,
            Purpose.PURCHASE,
            "FEDCBA9876543210",
            own.billHash(),
            own.amount(),
            null,
            own.notAfterMillis(),
            null,
            null,
            null,
            0,
            new byte[32]);
    OpenedHalf half = payee.accept(payee.seal(other).text());
    assertThat(half.numberIsOwn()).isFalse();
    assertThat(HalfCheck.check(half, payee.sender(), TestParty.NOW))
        .contains(Refusal.NUMBER_NOT_RESERVED);
    HalfCheck.Sender reserved =
        new HalfCheck.Sender(
            payee.binding,
            Role.PAYEE,
            true,
            true,
            null,
            null,
            0,
            true,
            0,
            Map.of(),
            0,
            Authorities.NONE,
            true);
    assertThat(HalfCheck.check(half, reserved, TestParty.NOW)).isEmpty();
    assertThat(payee.accept(payee.seal().text()).numberIsOwn()).isTrue();
  }

  @Test
  void open_cancelOfANumberThatIsNotOwn_isCompromised() {
    TestParty payee = new TestParty(Role.PAYEE);
    payee.accept(payee.seal().text());
    long used = 77;
    long future = payee.device.n() + 100;
    for (long cancelled : new long[] {used, future, payee.device.n()}) {
      HalfTerms t = payee.terms();
      HalfTerms cancel =
          new HalfTerms(
              Role.PAYEE,
              Purpose.CANCEL,
              "FEDCBA9876543210",
              t.billHash(),
              t.amount(),
              null,
              t.notAfterMillis(),
              null,
              null,
              cancelled,
              0,
              new byte[32]);
      SealedHalf sealed =
          payee.sealer.seal(
              payee.device, cancel, payee.aliasKey.alias(5, payee.random), TestParty.NOW);
      assertThat(payee.open(sealed.text())).isInstanceOf(OpenResult.Compromised.class);
    }
  }

  @Test
  void open_copiedDeviceFile_isFoundAtItsFirstDivergentCode() {
    DeviceSequence snapshot = payer.device;
    payer.accept(payer.seal().text());
    payer.device = snapshot;
    SealedHalf divergent = payer.seal();
    assertThat(payer.open(divergent.text())).isEqualTo(new OpenResult.Dropped("O4"));
    OpenResult.Compromised fork = (OpenResult.Compromised) payer.open(payer.seal().text());
    assertThat(fork.step()).isEqualTo("O9");
  }

  @Test
  void open_lateCodeOfAnotherHistory_isFoundByItsAcceptedSuccessor() {
    DeviceSequence snapshot = payer.device;
    payer.seal();
    SealedHalf second = payer.seal();
    payer.accept(second.text());
    payer.device = snapshot;
    OpenResult.Compromised fork = (OpenResult.Compromised) payer.open(payer.seal().text());
    assertThat(fork.step()).isEqualTo("O9");
  }

  @Test
  void check_wrongPinMissingPinAndLate_areRefused() {
    HalfTerms good = payer.terms();
    PinVerifier wrong =
        PinVerifier.ofPin(
            "1357".toCharArray(), Secret.random(payer.random, 32), payer.bytes(16), 1);
    assertThat(refusal(with(good, wrong, good.notAfterMillis()))).isEqualTo(Refusal.PIN_WRONG);
    assertThat(refusal(with(good, null, good.notAfterMillis()))).isEqualTo(Refusal.PIN_MISSING);
    OpenedHalf late = payer.accept(payer.seal(good).text());
    assertThat(HalfCheck.check(late, payer.sender(), good.notAfterMillis() + 1))
        .contains(Refusal.LATE);
  }

  @Test
  void check_standingAndBinding_areRefused() {
    OpenedHalf half = payer.accept(payer.seal().text());
    DeviceBinding b = payer.binding;
    byte[] other = new byte[16];
    assertThat(
            check(
                half,
                new DeviceBinding(
                    "TL", Suite.CLASSIC, b.deviceId(), other, b.contractId(), b.bindingValue())))
        .isEqualTo(Refusal.ACCOUNT_MISMATCH);
    assertThat(
            check(
                half,
                new DeviceBinding(
                    "TL",
                    Suite.CLASSIC,
                    b.deviceId(),
                    b.accountIdentifier(),
                    other,
                    b.bindingValue())))
        .isEqualTo(Refusal.CONTRACT_MISMATCH);
    assertThat(
            check(
                half,
                new DeviceBinding(
                    "TL",
                    Suite.CLASSIC,
                    b.deviceId(),
                    b.accountIdentifier(),
                    b.contractId(),
                    other)))
        .isEqualTo(Refusal.BINDING_VALUE_MISMATCH);
    assertThat(
            HalfCheck.check(
                half, new HalfCheck.Sender(b, Role.PAYER, false, true, payer.pin), TestParty.NOW))
        .contains(Refusal.DEVICE_NOT_ACTIVE);
    assertThat(
            HalfCheck.check(
                half, new HalfCheck.Sender(b, Role.PAYER, true, false, payer.pin), TestParty.NOW))
        .contains(Refusal.PARTY_NOT_ACTIVE);
    assertThat(
            HalfCheck.check(
                half, new HalfCheck.Sender(b, Role.PAYEE, true, true, payer.pin), TestParty.NOW))
        .contains(Refusal.ROLE_NOT_ALLOWED);
  }

  @Test
  void state_encoded_roundTripsWithSkippedKeys() {
    payer.seal();
    SealedHalf second = payer.seal();
    payer.accept(second.text());
    DeviceEpochs copy = DeviceEpochs.decode(payer.bank.encode());
    assertThat(copy.newest().next()).isEqualTo(payer.bank.newest().next());
    assertThat(copy.skipped()).hasSize(1);
    assertThat(copy.encode()).isEqualTo(payer.bank.encode());
  }

  @Test
  void state_afterUse_opensNothingOlder() {
    List<SealedHalf> old = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SealedHalf half = payer.seal();
      old.add(half);
      payer.accept(half.text());
    }
    for (SealedHalf half : old) {
      assertThat(payer.open(half.text())).isInstanceOf(OpenResult.Dropped.class);
    }
  }

  @Test
  void code_clearText_holdsNoIdentifier() {
    String text = payer.seal().text();
    String[] fields = text.split("::", -1);
    byte[] encrypted = Base64Url.decode(fields[3]);
    String latin = new String(encrypted, StandardCharsets.ISO_8859_1);
    for (byte[] id :
        List.of(
            payer.binding.accountIdentifier(),
            payer.binding.contractId(),
            payer.binding.deviceId(),
            payer.binding.bindingValue())) {
      assertThat(latin).doesNotContain(new String(id, StandardCharsets.ISO_8859_1));
    }
    assertThat(text.length()).isLessThan(900);
  }

  private Refusal refusal(HalfTerms terms) {
    OpenedHalf half = payer.accept(payer.seal(terms).text());
    return HalfCheck.check(half, payer.sender(), TestParty.NOW).orElseThrow();
  }

  private Refusal check(OpenedHalf half, DeviceBinding binding) {
    return HalfCheck.check(
            half, new HalfCheck.Sender(binding, Role.PAYER, true, true, payer.pin), TestParty.NOW)
        .orElseThrow();
  }

  private static HalfTerms with(HalfTerms t, PinVerifier pin, long notAfter) {
    return new HalfTerms(
        t.role(),
        t.purpose(),
        t.number(),
        t.billHash(),
        t.amount(),
        t.counterparty(),
        notAfter,
        t.shorthand(),
        pin,
        null,
        t.logIndex(),
        t.logHead());
  }
}
