package org.tallystick.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.pin.PinVerifier;

/** O10 to O13: what format 1 adds to the checks of an authentic half. */
class HalfCheckTest {
  private static final long NOW = TestParty.NOW;

  private final TestParty payer = new TestParty(Role.PAYER);
  private final PinVerifier other =
      PinVerifier.ofPin("1357".toCharArray(), Secret.random(payer.random, 32), payer.bytes(16), 1);

  private HalfCheck.Sender sender(PinVerifier pin, PinVerifier newPin, long blocked, long limit) {
    return new HalfCheck.Sender(
        payer.binding,
        Role.PAYER,
        true,
        true,
        pin,
        newPin,
        blocked,
        false,
        limit,
        Map.of(),
        0,
        Authorities.NONE,
        true);
  }

  private OpenedHalf half() {
    return payer.accept(payer.seal().text());
  }

  private Optional<Refusal> check(HalfCheck.Sender sender) {
    return HalfCheck.check(half(), sender, NOW);
  }

  @Test
  void check_whileAPinWaits_takesEitherOfTheTwo() {
    assertThat(check(sender(payer.pin, other, 0, 0))).isEmpty();
    assertThat(check(sender(other, payer.pin, 0, 0))).isEmpty();
    assertThat(check(sender(other, null, 0, 0))).contains(Refusal.PIN_WRONG);
    OpenedHalf half = half();
    assertThat(HalfCheck.provesNewPin(half, sender(other, payer.pin, 0, 0))).isTrue();
    assertThat(HalfCheck.provesNewPin(half, sender(payer.pin, other, 0, 0))).isFalse();
    assertThat(HalfCheck.provesNewPin(half, sender(payer.pin, null, 0, 0))).isFalse();
  }

  @Test
  void check_partyThatHasNotAgreed_isRefusedBeforeItsPin() {
    HalfCheck.Sender good = sender(payer.pin, null, 0, 0);
    HalfCheck.Sender sender =
        new HalfCheck.Sender(
            good.binding(),
            good.role(),
            true,
            true,
            other,
            null,
            0,
            false,
            0,
            Map.of(),
            0,
            Authorities.NONE,
            false);
    assertThat(check(sender)).contains(Refusal.AGREEMENT_NOT_SIGNED);
  }

  @Test
  void check_whileBlocked_looksAtNoPin() {
    assertThat(check(sender(payer.pin, null, NOW + 1, 0))).contains(Refusal.BLOCKED);
    assertThat(check(sender(other, null, NOW + 1, 0))).contains(Refusal.BLOCKED);
    assertThat(check(sender(payer.pin, null, NOW, 0))).isEmpty();
  }

  @Test
  void check_payeeOfABlockedDevice_needsNoPin() {
    TestParty payee = new TestParty(Role.PAYEE);
    HalfCheck.Sender blocked =
        new HalfCheck.Sender(
            payee.binding,
            Role.PAYEE,
            true,
            true,
            null,
            null,
            NOW + 1,
            false,
            1,
            Map.of(),
            0,
            Authorities.NONE,
            true);
    OpenedHalf half = payee.accept(payee.seal().text());
    assertThat(HalfCheck.check(half, blocked, NOW)).isEmpty();
  }

  @Test
  void check_aboveANewDevicesLimit_isRefusedAfterThePin() {
    assertThat(check(sender(payer.pin, null, 0, 21_381))).contains(Refusal.ABOVE_DEVICE_LIMIT);
    assertThat(check(sender(payer.pin, null, 0, 21_382))).isEmpty();
    assertThat(check(sender(other, null, 0, 21_381))).contains(Refusal.PIN_WRONG);
  }

  private HalfTerms with(Extensions extensions) {
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
            0,
            t.logHead())
        .with(extensions);
  }

  @Test
  void check_criticalExtension_isRefusedAndAnyOtherKept() {
    TreeMap<String, byte[]> named = new TreeMap<>();
    named.put("hold", new byte[] {7});
    Extensions critical = new Extensions(named, new TreeMap<>());
    OpenedHalf refused = payer.accept(payer.seal(with(critical)).text());
    assertThat(HalfCheck.check(refused, payer.sender(), NOW)).contains(Refusal.UNKNOWN_EXTENSION);
    Extensions presence = Extensions.of("presence", new byte[] {1});
    OpenedHalf kept = payer.accept(payer.seal(with(presence)).text());
    assertThat(HalfCheck.check(kept, payer.sender(), NOW)).isEmpty();
    assertThat(kept.signed().extensions().other().get("presence")).containsExactly(1);
  }

  @Test
  void extensions_overTheirLimits_areMalformed() {
    assertThat(Extensions.of("a".repeat(16), new byte[64]).other()).hasSize(1);
    assertThatThrownBy(() -> Extensions.of("a".repeat(17), new byte[0]))
        .isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> Extensions.of("", new byte[0]))
        .isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> Extensions.of("a", new byte[65]))
        .isInstanceOf(MalformedInputException.class);
    TreeMap<String, byte[]> five = new TreeMap<>();
    for (int i = 0; i < 5; i++) {
      five.put("name " + i, new byte[0]);
    }
    assertThatThrownBy(() -> new Extensions(five, new TreeMap<>()))
        .isInstanceOf(MalformedInputException.class);
  }
}
