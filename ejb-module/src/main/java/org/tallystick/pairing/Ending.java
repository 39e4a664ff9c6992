package org.tallystick.pairing;

import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.authority.Misfit;
import org.tallystick.code.Refusal;
import org.tallystick.code.Role;

/**
 * How exactly a half or a slot ended, and what each side hears of it. The name is the exact reason:
 * it stands in the rows and in the log's committed details, and nobody but the bank and an auditor
 * reads it. A payee never learns more of a payer than "not honoured".
 *
 * <p>Source: docs/PROTOCOL.md section 8.
 */
public enum Ending {
  APPROVED(Outcome.APPROVED, ReasonClass.NONE),

  // a half alone: O10 to O13 and P2
  ACCOUNT_MISMATCH(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),
  CONTRACT_MISMATCH(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),
  BINDING_VALUE_MISMATCH(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),
  DEVICE_NOT_ACTIVE(Outcome.DECLINED, ReasonClass.DEVICE_SUSPENDED),
  PARTY_NOT_ACTIVE(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),
  AGREEMENT_NOT_SIGNED(Outcome.DECLINED, ReasonClass.AGREE_FIRST),
  ROLE_NOT_ALLOWED(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),
  LATE(Outcome.EXPIRED, ReasonClass.TOO_LATE),
  PIN_MISSING(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),
  PIN_WRONG(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),
  LEVEL_PIN_WRONG(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),
  BLOCKED(Outcome.DECLINED, ReasonClass.BLOCKED),
  ABOVE_DEVICE_LIMIT(Outcome.DECLINED, ReasonClass.ABOVE_LIMIT),
  ABOVE_TERMS_LIMIT(Outcome.DECLINED, ReasonClass.ABOVE_LIMIT),
  UNKNOWN_EXTENSION(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),
  NUMBER_NOT_RESERVED(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),
  NO_AUTHORITY(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),
  TOO_MANY_OPEN(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),
  ROLE_TAKEN(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),
  BILL_EXHAUSTED(ReasonClass.OWN_HALF_REFUSED, ReasonClass.NOT_HONOURED),

  // O9c
  REKEY_FIRST(Outcome.DECLINED, ReasonClass.REKEY_FIRST),

  // O6 to O9b
  COMPROMISED_O6(Outcome.ERROR, ReasonClass.DEVICE_SUSPENDED),
  COMPROMISED_O7(Outcome.ERROR, ReasonClass.DEVICE_SUSPENDED),
  COMPROMISED_O8(Outcome.ERROR, ReasonClass.DEVICE_SUSPENDED),
  FORK(Outcome.ERROR, ReasonClass.DEVICE_SUSPENDED),

  // R.8: a device of the account said that it was not its owner; the twin came later or never
  NOT_ME_PAYER(ReasonClass.DEVICE_SUSPENDED, ReasonClass.NOT_HONOURED),
  NOT_ME_PAYEE(ReasonClass.NOT_HONOURED, ReasonClass.DEVICE_SUSPENDED),

  // P5 and P6
  SLOT_EXPIRED(Outcome.EXPIRED, ReasonClass.TOO_LATE),
  SLOT_CANCELLED(Outcome.CANCELLED, ReasonClass.CANCELLED_BY_PAYEE),
  CANCEL_DONE(Outcome.CANCELLED, ReasonClass.CANCELLED_BY_PAYEE),
  CANCEL_TOO_LATE(Outcome.DECLINED, ReasonClass.TOO_LATE),
  NOTHING_TO_CANCEL(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),

  // P3: the payer's half does not say what the payee's says; it ends alone
  MISMATCH_BILL(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  MISMATCH_AMOUNT(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  MISMATCH_TIP(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  MISMATCH_LIMITS(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  MISMATCH_CONTENT(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  MISMATCH_CONSENT(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  MISMATCH_TERMS(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  MISMATCH_CURRENCY(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  MISMATCH_PURPOSE(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  MISMATCH_COUNTERPARTY(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  MISMATCH_SAME_ACCOUNT(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),

  // a later step of a purchase that does not fit what the purchase permits
  AUTHORITY_OVER(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  AUTHORITY_PURPOSE(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  AUTHORITY_CURRENCY(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  AUTHORITY_TIME(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  AUTHORITY_AMOUNT(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  AUTHORITY_COUNT(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  AUTHORITY_INTERVAL(Outcome.DECLINED, ReasonClass.HALVES_DO_NOT_MATCH),
  AUTHORITY_PAYER_NOT_ACTIVE(Outcome.DECLINED, ReasonClass.NOT_HONOURED),

  // P3: the payer is not good any more; his half ends alone
  PAYER_DEVICE_NOT_ACTIVE(Outcome.DECLINED, ReasonClass.DEVICE_SUSPENDED),
  PAYER_PARTY_NOT_ACTIVE(Outcome.DECLINED, ReasonClass.OWN_HALF_REFUSED),

  // what lies with the payer
  UNKNOWN_SHORTHAND(ReasonClass.OWN_HALF_REFUSED, ReasonClass.NOT_HONOURED),
  FOREIGN_CARD(ReasonClass.OWN_HALF_REFUSED, ReasonClass.NOT_HONOURED),
  EXPIRED_CARD(ReasonClass.OWN_HALF_REFUSED, ReasonClass.NOT_HONOURED),
  EXTERNAL_ACCOUNT(ReasonClass.OWN_HALF_REFUSED, ReasonClass.NOT_HONOURED),
  NOT_VERIFIED(ReasonClass.OWN_HALF_REFUSED, ReasonClass.NOT_HONOURED),
  NOT_YET_USABLE(ReasonClass.OWN_HALF_REFUSED, ReasonClass.NOT_HONOURED),
  ABOVE_INSTRUMENT_LIMIT(ReasonClass.ABOVE_LIMIT, ReasonClass.NOT_HONOURED),
  ABOVE_DAILY_LIMIT(ReasonClass.ABOVE_LIMIT, ReasonClass.NOT_HONOURED),
  INSTRUMENT_REMOVED(ReasonClass.NOT_HONOURED, ReasonClass.NOT_HONOURED),
  PAYER_CURRENCY(ReasonClass.NOT_HONOURED, ReasonClass.NOT_HONOURED),
  PAYER_ACCOUNT_CLOSED(ReasonClass.NOT_HONOURED, ReasonClass.NOT_HONOURED),
  INSUFFICIENT_FUNDS(ReasonClass.NOT_HONOURED, ReasonClass.NOT_HONOURED),

  // what lies with the payee
  PAYEE_DEVICE_NOT_ACTIVE(ReasonClass.NOT_HONOURED, ReasonClass.DEVICE_SUSPENDED),
  PAYEE_PARTY_NOT_ACTIVE(ReasonClass.NOT_HONOURED, ReasonClass.OWN_HALF_REFUSED),
  PAYEE_NO_ACCOUNT(ReasonClass.NOT_HONOURED, ReasonClass.OWN_HALF_REFUSED),
  PAYEE_ACCOUNT_CLOSED(ReasonClass.NOT_HONOURED, ReasonClass.OWN_HALF_REFUSED);

  private final Outcome outcome;
  private final ReasonClass payerHears;
  private final ReasonClass payeeHears;

  Ending(Outcome outcome, ReasonClass bothHear) {
    this(outcome, bothHear, bothHear);
  }

  Ending(ReasonClass payerHears, ReasonClass payeeHears) {
    this(Outcome.DECLINED, payerHears, payeeHears);
  }

  Ending(Outcome outcome, ReasonClass payerHears, ReasonClass payeeHears) {
    this.outcome = outcome;
    this.payerHears = payerHears;
    this.payeeHears = payeeHears;
  }

  /** The outcome, the same for both sides. */
  public Outcome outcome() {
    return outcome;
  }

  /**
   * The coarse reason that a side hears.
   *
   * @param role of the half, or null where it could not be read
   */
  public ReasonClass heardBy(@Nullable Role role) {
    return role == Role.PAYEE ? payeeHears : payerHears;
  }

  /** P3: whether only the payer's half ends so, and the payee's waits on for another. */
  public boolean isThePayersAlone() {
    return switch (this) {
      case MISMATCH_BILL,
          MISMATCH_AMOUNT,
          MISMATCH_TIP,
          MISMATCH_LIMITS,
          MISMATCH_CONTENT,
          MISMATCH_CONSENT,
          MISMATCH_TERMS,
          MISMATCH_CURRENCY,
          MISMATCH_PURPOSE,
          MISMATCH_COUNTERPARTY,
          MISMATCH_SAME_ACCOUNT,
          PAYER_DEVICE_NOT_ACTIVE,
          PAYER_PARTY_NOT_ACTIVE ->
          true;
      default -> false;
    };
  }

  /** The ending of a half that was refused when it was opened. */
  public static Ending of(Refusal refusal) {
    return valueOf(refusal.name());
  }

  /** The ending of a half that waited until its owner said "not me". */
  public static Ending ofNotMe(Role role) {
    return role == Role.PAYER ? NOT_ME_PAYER : NOT_ME_PAYEE;
  }

  /** The ending of a payer's half that does not say what the payee's says. */
  public static Ending of(Mismatch mismatch) {
    return valueOf("MISMATCH_" + mismatch.name());
  }

  /** The ending of a later step that does not fit what its purchase permits. */
  public static Ending of(Misfit misfit) {
    return valueOf("AUTHORITY_" + misfit.name());
  }

  /**
   * The ending of a half that broke a rule of opening.
   *
   * @param step O6 to O9b
   */
  public static Ending ofBrokenStep(String step) {
    return step.startsWith("O9") ? FORK : valueOf("COMPROMISED_" + step);
  }
}
