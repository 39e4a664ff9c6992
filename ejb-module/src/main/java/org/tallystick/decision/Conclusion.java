package org.tallystick.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Answer;
import org.tallystick.answer.AnswerRow;
import org.tallystick.answer.ReasonClass;
import org.tallystick.answer.ReplyKeys;
import org.tallystick.answer.SealedAnswer;
import org.tallystick.code.BoundDevice;
import org.tallystick.code.HalfRow;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.code.Times;
import org.tallystick.code.TransactionNumber;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceLogHead;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.log.DecisionDetails;
import org.tallystick.log.LogLine;
import org.tallystick.log.LogRows;
import org.tallystick.money.Money;
import org.tallystick.pairing.Ending;
import org.tallystick.receipt.Receipt;
import org.tallystick.receipt.ReceiptRows;

/**
 * Makes, for each half that has ended, the line of its device's log, the receipt and the one final
 * answer, in this order because each carries the one before.
 *
 * <p>Source: docs/PROTOCOL.md sections 8 and 9.
 */
final class Conclusion {
  private static final int SALT_LENGTH = 16;

  /** Amount of a half that could not be read: none, in no currency (ISO 4217: three times X). */
  private static final Money NOTHING = Money.of(0, "X".repeat(3));

  private final Seals seals;
  private final long nowMillis;
  private final List<LogRows.Row> lines = new ArrayList<>();
  private final List<ReceiptRows.Row> receipts = new ArrayList<>();
  private final List<AnswerRow> answers = new ArrayList<>();
  private final List<Long> halves = new ArrayList<>();

  Conclusion(Seals seals) {
    this.seals = seals;
    this.nowMillis = seals.clock().millis();
  }

  /**
   * Concludes one half.
   *
   * @param head of its device's log, locked
   * @param other the other side, where there is one
   * @param presence number that both sides see, or null
   */
  void add(
      HalfRow half,
      Ending ending,
      BoundDevice own,
      DeviceLogHead head,
      Optional<Side> other,
      @Nullable Integer presence) {
    add(half, ending, own, head, other, other.map(Side::bound), presence);
  }

  /**
   * Concludes a later step of a purchase, which has no other side.
   *
   * @param head of its device's log, locked
   * @param counterparty device of the purchase's other side
   */
  void add(Side later, Ending ending, DeviceLogHead head, BoundDevice counterparty) {
    add(
        later.half(),
        ending,
        later.bound(),
        head,
        Optional.empty(),
        Optional.of(counterparty),
        null);
  }

  private void add(
      HalfRow half,
      Ending ending,
      BoundDevice own,
      DeviceLogHead head,
      Optional<Side> other,
      Optional<BoundDevice> counterparty,
      @Nullable Integer presence) {
    Device device = own.device();
    Optional<SignedMap> signed = half.readable().map(terms -> own.said(terms.signed()));
    Optional<Stated> stated =
        signed.map(terms -> Stated.of(half, terms, other, ending.outcome(), seals.halves()));
    byte[] billHash = signed.map(SignedMap::billHash).orElseGet(() -> new byte[Sha256.LENGTH]);
    byte[] details =
        new DecisionDetails(
                half.number(),
                billHash,
                half.codeHash(),
                ending.outcome().value(),
                ending.name(),
                stated.map(Stated::amount).orElse(NOTHING))
            .encode();
    byte[] salt = random(SALT_LENGTH);
    LogLine line = head.append(nowMillis, DecisionDetails.KIND, LogLine.commitment(salt, details));
    lines.add(new LogRows.Row(half.device(), line, salt, details, half.id()));
    try (Secret replyRoot = seals.halves().replyRoot(half)) {
      Suite suite = device.evidence().suite();
      ReceiptRows.@Nullable Row receipt = null;
      if (signed.isPresent()) {
        receipt =
            receipt(
                half,
                suite,
                signed.get(),
                stated.orElseThrow(),
                ending,
                line,
                counterparty,
                replyRoot);
      }
      answers.add(answer(half, billHash, ending, device, receipt, line, replyRoot, presence));
    }
    halves.add(half.id());
  }

  private ReceiptRows.Row receipt(
      HalfRow half,
      Suite suite,
      SignedMap signed,
      Stated stated,
      Ending ending,
      LogLine line,
      Optional<BoundDevice> counterparty,
      Secret replyRoot) {
    byte[] number = random(TransactionNumber.LENGTH);
    byte[] salt = random(SALT_LENGTH);
    byte[] none = new byte[0];
    Receipt receipt =
        new Receipt(
            half.consortium(),
            number,
            half.number(),
            signed.role(),
            signed.accountIdentifier(),
            signed.contractId(),
            signed.deviceId(),
            Receipt.counterparty(
                salt,
                counterparty
                    .map(device -> device.device().evidence().accountIdentifier())
                    .orElse(none),
                counterparty.map(device -> device.device().deviceId()).orElse(none)),
            signed.purpose(),
            signed.billHash(),
            stated.amount(),
            ending.outcome(),
            nowMillis,
            half.codeHash(),
            Sha256.of(half.readable().orElseThrow().sign1()),
            line.index(),
            line.column1(),
            line.column2(),
            stated.loyaltyId(),
            stated.levels(),
            stated.conditions());
    byte[] payload = receipt.encode();
    ReceiptRows.Row row =
        new ReceiptRows.Row(
            TransactionNumber.text(number),
            half.id(),
            half.number(),
            Sha256.of(ReplyKeys.receipt(replyRoot)),
            salt,
            signed(seals.receiptKey(), suite, half, payload),
            Times.ofMillis(nowMillis),
            suite == Suite.HYBRID ? signed(secondKey(), suite, half, payload) : null);
    receipts.add(row);
    return row;
  }

  private static byte[] signed(MessageSigner key, Suite suite, HalfRow half, byte[] payload) {
    return Signed.sign(key, Receipt.TYPE, suite, half.consortium(), half.number(), "", payload);
  }

  private MessageSigner secondKey() {
    return seals
        .secondReceiptKey()
        .orElseThrow(
            () -> new IllegalStateException("no ML-DSA-65 receipt key for a device of suite 2"));
  }

  private AnswerRow answer(
      HalfRow half,
      byte[] billHash,
      Ending ending,
      Device device,
      ReceiptRows.@Nullable Row receipt,
      LogLine line,
      Secret replyRoot,
      @Nullable Integer presence) {
    Role role = half.readable().map(terms -> terms.signed().role()).orElse(null);
    ReasonClass reason = ending.heardBy(role);
    Answer answer =
        new Answer(
            device.deviceId(),
            half.epoch(),
            half.n(),
            half.codeHash(),
            billHash,
            ending.outcome(),
            reason,
            nowMillis,
            half.number(),
            receipt == null ? null : receipt.sign1(),
            line,
            seals.aliases().fresh(device.index(), 1),
            presence,
            reason == ReasonClass.BLOCKED ? device.blockedUntilMillis() : null,
            receipt == null ? null : receipt.secondSign1());
    return new AnswerRow(
        half.device(),
        half.epoch(),
        half.n(),
        ReplyKeys.pickup(replyRoot),
        SealedAnswer.seal(
            answer, device.evidence().suite(), half.consortium(), seals.answerKey(), replyRoot),
        Times.ofMillis(nowMillis));
  }

  private byte[] random(int length) {
    byte[] drawn = new byte[length];
    seals.random().nextBytes(drawn);
    return drawn;
  }

  List<LogRows.Row> lines() {
    return lines;
  }

  List<ReceiptRows.Row> receipts() {
    return receipts;
  }

  List<AnswerRow> answers() {
    return answers;
  }

  List<Long> halves() {
    return halves;
  }
}
