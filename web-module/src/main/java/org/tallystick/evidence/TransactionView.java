package org.tallystick.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Outcome;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.codec.Base64Url;
import org.tallystick.pairing.Ending;

/**
 * A transaction as an auditor sees it: who took part is not in it.
 *
 * @param number transaction number
 * @param slots where halves met or waited
 * @param halves also those that ended alone
 */
public record TransactionView(String number, List<SlotView> slots, List<HalfView> halves) {
  /**
   * A slot.
   *
   * @param consortium two letters
   * @param billHash base64url
   * @param state where it stands
   * @param outcome how it ended, if it has
   * @param reason exact, if it has ended
   * @param openedAt RFC 3339
   * @param expiresAt RFC 3339
   */
  public record SlotView(
      String consortium,
      String billHash,
      String state,
      @Nullable String outcome,
      @Nullable String reason,
      String openedAt,
      String expiresAt) {}

  /**
   * A half.
   *
   * @param role PAYER or PAYEE; absent where it could not be read
   * @param purpose PURCHASE, CANCEL, COMPLETE or CHARGE; absent likewise
   * @param billHash base64url
   * @param amountMinor minor units
   * @param currency ISO 4217
   * @param state where it stands
   * @param reason exact: its own refusal, or its slot's
   * @param outcome how it ended, if it has
   * @param codeHash base64url
   * @param receivedAt RFC 3339
   * @param receiptNumber if it has one
   * @param agreement that its party had agreed to when it was received
   */
  public record HalfView(
      @Nullable String role,
      @Nullable String purpose,
      @Nullable String billHash,
      @Nullable Long amountMinor,
      @Nullable String currency,
      String state,
      @Nullable String reason,
      @Nullable String outcome,
      String codeHash,
      String receivedAt,
      @Nullable String receiptNumber,
      @Nullable AgreedView agreement) {}

  /**
   * A version of the agreement.
   *
   * @param version from 1
   * @param sha256 of its text, base64url
   * @param agreedAt RFC 3339
   */
  public record AgreedView(int version, String sha256, String agreedAt) {}

  static TransactionView of(String number, Transactions.View view) {
    return new TransactionView(
        number,
        view.slots().stream().map(TransactionView::slot).toList(),
        view.halves().stream().map(TransactionView::half).toList());
  }

  private static SlotView slot(TransactionRows.SlotLine line) {
    return new SlotView(
        line.consortium(),
        Base64Url.encode(line.billHash()),
        line.state(),
        outcome(line.outcome()),
        line.reason(),
        line.openedAt().toInstant().toString(),
        line.expiresAt().toInstant().toString());
  }

  private static HalfView half(TransactionRows.HalfLine line) {
    Integer role = line.role();
    Integer purpose = line.purpose();
    byte[] billHash = line.billHash();
    String refusal = line.refusal();
    return new HalfView(
        role == null ? null : Role.of(role).name(),
        purpose == null ? null : Purpose.of(purpose).name(),
        billHash == null ? null : Base64Url.encode(billHash),
        line.amountMinor(),
        line.currency(),
        line.state(),
        refusal == null ? line.slotReason() : refusal,
        refusal == null ? outcome(line.slotOutcome()) : Ending.valueOf(refusal).outcome().name(),
        Base64Url.encode(line.codeHash()),
        line.receivedAt().toInstant().toString(),
        line.receiptNumber(),
        agreed(line.agreed()));
  }

  private static @Nullable AgreedView agreed(TransactionRows.@Nullable Agreed agreed) {
    return agreed == null
        ? null
        : new AgreedView(
            agreed.version(), Base64Url.encode(agreed.hash()), agreed.at().toInstant().toString());
  }

  private static @Nullable String outcome(@Nullable Integer value) {
    return value == null ? null : Outcome.of(value).name();
  }
}
