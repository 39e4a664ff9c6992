package org.tallystick.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tallystick.code.Conditions;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.log.DecisionDetails;
import org.tallystick.log.LogLine;
import org.tallystick.money.Money;
import org.tallystick.receipt.Receipt;

/** TSE-13, TSE-14, TSE-15: the sealed answer with receipt and log line. */
class SealedAnswerTest {
  private final SecureRandom random = new SecureRandom();
  private final SigningKey bank = SigningKey.generate(random);
  private final Secret root = Secret.random(random, 32);
  private final byte[] device = Secret.random(random, 16).reveal();
  private static final String NUMBER = "0123456789ABCDEF";

  private Answer answer(boolean withReceipt) {
    LogLine line =
        LogLine.after(
            1,
            LogLine.seed(Suite.CLASSIC, device, new byte[70]),
            5,
            DecisionDetails.KIND,
            new byte[32]);
    byte[] receipt =
        Signed.sign(
            bank,
            "receipt",
            Suite.CLASSIC,
            "TL",
            NUMBER,
            "",
            new Receipt(
                    "TL",
                    new byte[10],
                    NUMBER,
                    Role.PAYER,
                    new byte[16],
                    new byte[16],
                    device,
                    Receipt.counterparty(new byte[16], new byte[0], new byte[0]),
                    Purpose.PURCHASE,
                    new byte[32],
                    Money.of(5400, "USD"),
                    Outcome.APPROVED,
                    5,
                    new byte[32],
                    new byte[32],
                    1,
                    line.column1(),
                    line.column2(),
                    null,
                    0,
                    Conditions.NONE)
                .encode());
    return new Answer(
        device,
        0,
        9,
        new byte[32],
        new byte[32],
        Outcome.APPROVED,
        ReasonClass.NONE,
        5,
        NUMBER,
        withReceipt ? receipt : null,
        line,
        List.of(new byte[17]),
        null,
        null,
        null);
  }

  private Optional<Answer> open(byte[] sealed, long n, String number, Secret with) {
    return SealedAnswer.open(
        sealed, Suite.CLASSIC, "TL", device, 0, n, number, bank.verificationKey(), with);
  }

  @Test
  void open_ownAnswer_givesWhatTheBankSaid() {
    byte[] sealed = SealedAnswer.seal(answer(true), Suite.CLASSIC, "TL", bank, root);
    Answer opened = open(sealed, 9, NUMBER, root).orElseThrow();
    assertThat(opened.outcome()).isEqualTo(Outcome.APPROVED);
    assertThat(opened.encode()).isEqualTo(answer(true).encode());
    assertThat(opened.line().extendsHead(1, LogLine.seed(Suite.CLASSIC, device, new byte[70])))
        .isTrue();
    assertThat(opened.line().extendsHead(2, LogLine.seed(Suite.CLASSIC, device, new byte[70])))
        .isFalse();
    assertThat(opened.line().extendsHead(1, new byte[32])).isFalse();
  }

  @Test
  void seal_withAndWithoutReceipt_hasOneLength() {
    assertThat(SealedAnswer.seal(answer(false), Suite.CLASSIC, "TL", bank, root))
        .hasSameSizeAs(SealedAnswer.seal(answer(true), Suite.CLASSIC, "TL", bank, root));
  }

  @Test
  void open_otherNumberNameRootOrBank_isRefused() {
    byte[] sealed = SealedAnswer.seal(answer(true), Suite.CLASSIC, "TL", bank, root);
    assertThat(open(sealed, 8, NUMBER, root)).isEmpty();
    assertThat(open(sealed, 9, "FEDCBA9876543210", root)).isEmpty();
    assertThat(open(sealed, 9, NUMBER, Secret.random(random, 32))).isEmpty();
    byte[] forged =
        SealedAnswer.seal(answer(true), Suite.CLASSIC, "TL", SigningKey.generate(random), root);
    assertThat(open(forged, 9, NUMBER, root)).isEmpty();
    for (int i = 0; i < sealed.length; i += 17) {
      byte[] flipped = sealed.clone();
      flipped[i] ^= 1;
      assertThat(open(flipped, 9, NUMBER, root)).as("byte " + i).isEmpty();
    }
  }

  @Test
  void receipt_roundTrips() {
    Receipt receipt =
        Receipt.decode(
            Signed.payload(
                answer(true).receipt(),
                bank.verificationKey(),
                "receipt",
                Suite.CLASSIC,
                "TL",
                NUMBER,
                ""));
    assertThat(receipt.amount()).isEqualTo(Money.of(5400, "USD"));
    assertThat(receipt.number()).isEqualTo(NUMBER);
  }
}
