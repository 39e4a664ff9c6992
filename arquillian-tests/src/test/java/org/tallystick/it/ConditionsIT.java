package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.answer.ReplyKeys;
import org.tallystick.bill.TermsHash;
import org.tallystick.code.Conditions;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.HalfOptions;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SealedHalf;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.Bound;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.money.Money;
import org.tallystick.receipt.Receipt;
import org.tallystick.verifier.VerifierProcess;

/**
 * Payments with conditions, by devices that use the protocol alone: a tip and a loyalty id, terms
 * mode, the compact profile. What the bank says is opened and the evidence verified from outside.
 *
 * <p>TSE-14 (loyalty ids on receipts), TSE-26 (documents that both agree on), TSE-28 (consent
 * inside a payment), TSE-35 (evidence).
 */
final class ConditionsIT extends BankIT {
  /** Two closed devices, each sealing by hand. */
  private record Sides(User user, AccountHolder shop, String till, DeviceBinding payee) {
    static Sides open() {
      User user = BankIT.user();
      String till = "till-of-" + user.device();
      AccountHolder shop = devices().shop("Al's " + till);
      try (TallystickDevice device = devices().device(shop.customer(), till, null)) {
        DeviceBinding payee = device.identity().orElseThrow().binding();
        return new Sides(user, shop, till, payee);
      }
    }

    DeviceBinding payer() {
      return user.phone().identity().orElseThrow().binding();
    }

    long paid() {
      return office().postedMinor(shop.account());
    }
  }

  /** Both halves of one transaction, sent, with what the bank answers: payer first. */
  private record Payment(String number, List<Answer> answers, List<Receipt> receipts) {}

  private static byte[] bill() {
    byte[] hash = new byte[32];
    new SecureRandom().nextBytes(hash);
    return hash;
  }

  private static SealedHalf seal(
      Sides sides, Role role, @Nullable String known, byte @Nullable [] hash, HalfTerms like) {
    String device = role == Role.PAYER ? sides.user().device() : sides.till();
    return new OddHalf(
            devices().settings(device),
            own -> own,
            bound -> terms(role, bound, known == null ? ownNumber(bound) : known, hash, like))
        .intoOutbox();
  }

  private static String ownNumber(Bound bound) {
    return bound.sequence().number(bound.identity().binding());
  }

  private static HalfTerms terms(
      Role role, Bound bound, String number, byte @Nullable [] hash, HalfTerms like) {
    return new HalfTerms(
            role,
            Purpose.PURCHASE,
            number,
            hash == null ? TermsHash.of("TL", number, like.amount()) : hash,
            like.amount(),
            like.counterparty(),
            OddHalf.notAfter(),
            like.shorthand(),
            null,
            null,
            bound.logIndex(),
            bound.logHead())
        .with(like.conditions())
        .with(like.options());
  }

  /** What a half says beside number, hash and what its device adds. */
  private static HalfTerms saying(
      long minor, byte @Nullable [] counterparty, @Nullable String shorthand) {
    return new HalfTerms(
        Role.PAYER,
        Purpose.PURCHASE,
        "0".repeat(16),
        new byte[32],
        Money.of(minor, "USD"),
        counterparty,
        0,
        shorthand,
        null,
        null,
        0,
        new byte[32]);
  }

  /** Seals and sends both halves and opens both answers; a null hash stands for terms mode. */
  private static Payment pay(
      Sides sides, byte @Nullable [] hash, HalfTerms payee, HalfTerms payer) {
    DeviceBinding phone = sides.payer();
    sides.user().phone().close();
    SealedHalf ask = seal(sides, Role.PAYEE, null, hash, payee);
    String number = ask.text().split("::", -1)[1];
    SealedHalf pay = seal(sides, Role.PAYER, number, hash, payer);
    for (SealedHalf half : List.of(ask, pay)) {
      client().mustPost("/codes", null, Map.of("code", half.text()));
    }
    BankKeys keys = BankKeys.of(client().mustGet("/keys", null).body());
    List<Answer> answers = List.of(opened(keys, phone, pay), opened(keys, sides.payee(), ask));
    return new Payment(
        number,
        answers,
        List.of(keys.receipt(answers.get(0), phone), keys.receipt(answers.get(1), sides.payee())));
  }

  private static Answer opened(BankKeys keys, DeviceBinding device, SealedHalf half) {
    byte[] pickup = ReplyKeys.pickup(half.replyRoot());
    byte[] sealed = Base64Url.decode(answer(pickup, 30).path("answer").asText());
    return keys.open(sealed, device, half);
  }

  private static void assertApproved(Payment payment) {
    assertThat(payment.answers())
        .allSatisfy(answer -> assertThat(answer.outcome()).isEqualTo(Outcome.APPROVED));
  }

  private static void assertEvidenceHolds(String number) throws IOException {
    Path bundle =
        Files.writeString(folder().resolve("evidence-" + number), office().evidence(number));
    String root = client().mustGet("/keys", null).text("root");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exit =
        VerifierProcess.run(
            new String[] {bundle.toString(), "--root", root},
            new PrintStream(out, true, StandardCharsets.UTF_8),
            System.err);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("evidence verified");
    assertThat(exit).isZero();
  }

  @Test
  void payment_withTipAndLoyaltyId_movesBoth_andBothReceiptsSayIt() throws IOException {
    Sides sides = Sides.open();
    byte[] documents = bill();
    Payment payment =
        pay(
            sides,
            bill(),
            saying(20_00, null, null).with(new Conditions(Limits.ofTip(4_00), documents, 3, false)),
            saying(23_00, sides.payee().accountIdentifier(), "Account 1")
                .with(new Conditions(Limits.ofTip(3_00), documents, 1, false))
                .with(new HalfOptions(null, "CLUB-4711", Map.of(), false)));

    assertApproved(payment);
    assertThat(sides.user().balance()).isEqualTo(OPENING_MINOR - 23_00);
    assertThat(sides.paid()).isEqualTo(23_00);
    assertThat(payment.receipts())
        .allSatisfy(
            receipt -> {
              assertThat(receipt.amount()).isEqualTo(Money.of(23_00, "USD"));
              assertThat(receipt.loyaltyId()).isEqualTo("CLUB-4711");
              assertThat(receipt.conditions().tipMinor()).isEqualTo(3_00);
              assertThat(receipt.conditions().consent()).isEqualTo(1);
              assertThat(receipt.conditions().contentHash()).isEqualTo(documents);
            });
    assertEvidenceHolds(payment.number());
    entriesInBalancedBooks();
  }

  @Test
  void payment_inTermsMode_needsNoBill() throws IOException {
    Sides sides = Sides.open();
    Payment payment =
        pay(
            sides,
            null,
            saying(12_00, null, null).with(Conditions.TERMS),
            saying(12_00, null, "Account 1").with(Conditions.TERMS));

    assertApproved(payment);
    assertThat(sides.paid()).isEqualTo(12_00);
    assertThat(payment.receipts())
        .allSatisfy(receipt -> assertThat(receipt.conditions().terms()).isTrue());
    assertEvidenceHolds(payment.number());
  }

  @Test
  void payment_inTermsMode_aboveTheBanksLimit_isDeclinedToThePayer() {
    Sides sides = Sides.open();
    DeviceBinding phone = sides.payer();
    sides.user().phone().close();
    SealedHalf pay =
        seal(
            sides,
            Role.PAYER,
            "7".repeat(16),
            null,
            saying(25_01, null, "Account 1").with(Conditions.TERMS));
    client().mustPost("/codes", null, Map.of("code", pay.text()));

    Answer answer = opened(BankKeys.of(client().mustGet("/keys", null).body()), phone, pay);
    assertThat(answer.outcome()).isEqualTo(Outcome.DECLINED);
    assertThat(answer.reason()).isEqualTo(ReasonClass.ABOVE_LIMIT);
    assertThat(exactReason("7".repeat(16), pay.codeHash())).isEqualTo("ABOVE_TERMS_LIMIT");
  }

  @Test
  void payment_inTheCompactProfile_isThePaymentOfTheBoundAccounts() throws IOException {
    Sides sides = Sides.open();
    Payment payment =
        pay(
            sides,
            bill(),
            saying(5_00, null, null).with(HalfOptions.COMPACT),
            saying(5_00, sides.payee().accountIdentifier(), "").with(HalfOptions.COMPACT));

    assertApproved(payment);
    assertThat(sides.paid()).isEqualTo(5_00);
    assertThat(payment.receipts().get(1).accountIdentifier())
        .isEqualTo(sides.payee().accountIdentifier());
    assertThat(payment.receipts().get(1).contractId()).isEqualTo(sides.payee().contractId());
    assertEvidenceHolds(payment.number());
  }
}
