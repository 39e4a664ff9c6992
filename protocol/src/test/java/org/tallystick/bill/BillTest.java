package org.tallystick.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.code.Conditions;
import org.tallystick.code.Purpose;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;
import org.tallystick.money.Money;

/** TSE-08: the bill with its certificate, checked off line (B1 to B7). */
class BillTest {
  private static final long NOW = 1_790_000_000_000L;
  private final SecureRandom random = new SecureRandom();
  private final SigningKey bank = SigningKey.generate(random);
  private final SigningKey till = SigningKey.generate(random);
  private final BankKeySet keys =
      new BankKeySet(
          "TL",
          "Bank",
          1,
          List.of(
              new BankKey(BankKey.CERTIFICATE, bank.verificationKey(), NOW - 1, NOW + 1_000_000)),
          NOW,
          0,
          Suite.CLASSIC);

  private byte[] certificate(String name, SigningKey issuer, long from, long to) {
    return new ProviderCertificate(
            "TL", new byte[16], new byte[16], till.verificationKey(), name, "Springfield", from, to)
        .sign(issuer);
  }

  private Bill bill(String consortium, long subtotal, long expires, SigningKey signer) {
    BillBody body =
        new BillBody(
            consortium,
            "0123456789ABCDEF",
            Purpose.PURCHASE,
            List.of(new BillItem("Towing", 5000)),
            Money.of(subtotal, "USD"),
            Money.of(400, "USD"),
            NOW - 10,
            expires,
            new byte[16],
            "till 1",
            "tl",
            false,
            Conditions.NONE);
    return Bill.sign(
        body, signer, certificate("Al's Towing Service", bank, NOW - 5, NOW + 500_000));
  }

  @Test
  void check_goodBill_givesBodyAndProvider() {
    Bill bill = bill("TL", 5000, NOW + 1000, till);
    Bill.Checked checked = Bill.ofQrText(bill.qrText()).check(keys, NOW);
    assertThat(checked.body().total()).isEqualTo(Money.of(5400, "USD"));
    assertThat(checked.provider().displayName()).isEqualTo("Al's Towing Service");
    assertThat(checked.bill().hash()).isEqualTo(bill.hash());
  }

  @Test
  void check_expiredForeignUnsignedOrWrongSum_isRefused() {
    assertThatThrownBy(() -> bill("TL", 5000, NOW - 1, till).check(keys, NOW))
        .hasMessageStartingWith("B6");
    assertThatThrownBy(
            () -> bill("TL", 5000, NOW + 1, SigningKey.generate(random)).check(keys, NOW))
        .hasMessageStartingWith("B3");
    assertThatThrownBy(() -> bill("TM", 5000, NOW + 1, till).check(keys, NOW))
        .isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> bill("TL", 5001, NOW + 1, till).check(keys, NOW))
        .hasMessageContaining("add up");
  }

  @Test
  void check_certificateForgedLapsedOrMisleading_isRefused() {
    byte[] signed = bill("TL", 5000, NOW + 1, till).signed();
    assertThatThrownBy(
            () -> new Bill(signed, certificate("Al", till, NOW - 5, NOW + 5)).check(keys, NOW))
        .isInstanceOf(SignatureRefusedException.class);
    assertThatThrownBy(
            () -> new Bill(signed, certificate("Al", bank, NOW - 5, NOW - 1)).check(keys, NOW))
        .hasMessageStartingWith("B2");
    assertThatThrownBy(
            () ->
                new Bill(signed, certificate("Al\u202Ekna", bank, NOW - 5, NOW + 5))
                    .check(keys, NOW))
        .hasMessageStartingWith("B7");
  }

  @Test
  void check_anyFlippedByte_isRefused() {
    byte[] good = bill("TL", 5000, NOW + 1000, till).encode();
    for (int i = 0; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= 1;
      assertThatThrownBy(() -> Bill.decode(flipped).check(keys, NOW))
          .as("byte " + i)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void keySet_signedByAnotherRootOrOtherPin_isRefused() {
    SigningKey root = SigningKey.generate(random);
    byte[] signed = keys.sign(root);
    byte[] point = root.verificationKey().compressed();
    byte[] pin = org.tallystick.crypto.Sha256.of(point);
    assertThat(BankKeySet.verify(signed, point, pin, "TL").version()).isEqualTo(1);
    assertThatThrownBy(() -> BankKeySet.verify(signed, point, new byte[32], "TL"))
        .isInstanceOf(SignatureRefusedException.class);
    assertThatThrownBy(() -> BankKeySet.verify(signed, point, pin, "TM"))
        .isInstanceOf(SignatureRefusedException.class);
    byte[] other = SigningKey.generate(random).verificationKey().compressed();
    assertThatThrownBy(
            () -> BankKeySet.verify(signed, other, org.tallystick.crypto.Sha256.of(other), "TL"))
        .isInstanceOf(SignatureRefusedException.class);
  }

  @Test
  void check_certificateByAnyKeyThatIsValid_holds() {
    SigningKey newer = SigningKey.generate(random);
    BankKey first = new BankKey(BankKey.CERTIFICATE, newer.verificationKey(), NOW - 1, NOW + 1_000);
    BankKey over = new BankKey(BankKey.CERTIFICATE, newer.verificationKey(), NOW - 9, NOW - 1);
    Bill bill = bill("TL", 5000, NOW + 1000, till);
    assertThat(bill.check(with(first, keys.keys().get(0)), NOW).body().number()).isNotEmpty();
    assertThat(bill.check(with(keys.keys().get(0), first), NOW).body().number()).isNotEmpty();
    assertThatThrownBy(() -> bill.check(with(first, over), NOW))
        .isInstanceOf(SignatureRefusedException.class);
  }

  private static BankKeySet with(BankKey... keys) {
    return new BankKeySet("TL", "Bank", 2, List.of(keys), NOW, 0, Suite.CLASSIC);
  }

  @Test
  void keySet_mayFollow_onlyWithNothingLowered() {
    BankKeySet held = new BankKeySet("TL", "Bank", 5, List.of(), NOW, 1, Suite.HYBRID);
    assertThat(held.mayFollow(held)).isTrue();
    assertThat(new BankKeySet("TL", "B", 6, List.of(), NOW, 2, Suite.HYBRID).mayFollow(held))
        .isTrue();
    assertThat(new BankKeySet("TL", "B", 4, List.of(), NOW, 1, Suite.HYBRID).mayFollow(held))
        .isFalse();
    assertThat(new BankKeySet("TL", "B", 6, List.of(), NOW, 0, Suite.HYBRID).mayFollow(held))
        .isFalse();
    assertThat(new BankKeySet("TL", "B", 6, List.of(), NOW, 1, Suite.CLASSIC).mayFollow(held))
        .isFalse();
  }
}
