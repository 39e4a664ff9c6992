package org.tallystick.authority;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallystick.ledger.EntryId;
import org.tallystick.money.Money;
import org.tallystick.pairing.SlotKey;

/**
 * What an approved purchase leaves its payee permitted to do without another half of the payer: to
 * complete a hold once, or to make some charges. It is OPEN until a hold is completed or released,
 * or the payer revokes the charges. Whoever changes it holds its row's lock.
 *
 * <p>Source: docs/PROTOCOL.md section 8, holds and charges.
 *
 * @param slot number of the purchase's slot, which is also its own
 * @param key of that slot
 * @param kind hold or charges
 * @param state where it stands
 * @param payer who permitted it
 * @param payee who may use it
 * @param debitAccount ledger account that the amounts come from
 * @param limits what it permits
 * @param chargesLeft how often it may still be charged; 0 for a hold
 * @param movedAt when an amount moved last, or the purchase was decided; bank clock
 */
public record Authority(
    long slot,
    SlotKey key,
    Kind kind,
    State state,
    Payer payer,
    Payee payee,
    long debitAccount,
    Limits limits,
    int chargesLeft,
    OffsetDateTime movedAt) {
  /** What it is for. */
  public enum Kind {
    /** An amount is set aside; one completion moves a part of it and gives back the rest. */
    HOLD,
    /** Recurring charges. */
    CHARGES
  }

  /** Where it stands; all but {@link #OPEN} are final. */
  public enum State {
    /** It may be used. */
    OPEN,
    /** The payee completed the hold. */
    COMPLETED,
    /** The bank released the hold when its time was over. */
    RELEASED,
    /** The payer ended the charges. */
    REVOKED
  }

  /**
   * Who permitted it.
   *
   * @param party number of the party
   * @param device index of the device that made the half
   * @param instrument of the wallet that it is drawn with; null where that was not written down
   */
  public record Payer(long party, long device, @Nullable Long instrument) {}

  /**
   * Who may use it.
   *
   * @param party number of the party
   * @param codeHash of the code that held its half of the purchase, 32 bytes
   */
  public record Payee(long party, byte[] codeHash) {}

  /**
   * What it permits.
   *
   * @param most highest amount of one use
   * @param interval between two charges; zero for a hold
   * @param until after which nothing fits
   */
  public record Limits(Money most, Duration interval, OffsetDateTime until) {}

  /** Whether it may be used at all. */
  public boolean isOpen() {
    return state == State.OPEN;
  }

  /** The id under which the ledger holds the amount; it follows from the slot. */
  public static UUID holdId(SlotKey key) {
    return EntryId.of("hold", key.text());
  }

  /**
   * What stands against a use; empty where it fits.
   *
   * @param use completion of a hold, or a charge
   * @param amount that is to move
   * @param at when its code was on disk, bank clock
   */
  public Optional<Misfit> misfit(Kind use, Money amount, OffsetDateTime at) {
    if (!isOpen()) {
      return Optional.of(Misfit.OVER);
    }
    if (use != kind) {
      return Optional.of(Misfit.PURPOSE);
    }
    if (!amount.currency().equals(limits.most().currency())) {
      return Optional.of(Misfit.CURRENCY);
    }
    if (at.isAfter(limits.until())) {
      return Optional.of(Misfit.TIME);
    }
    boolean isChargeOfNothing = kind == Kind.CHARGES && amount.minor() == 0;
    if (amount.minor() > limits.most().minor() || isChargeOfNothing) {
      return Optional.of(Misfit.AMOUNT);
    }
    return kind == Kind.CHARGES ? misfitOfCharge(at) : Optional.empty();
  }

  private Optional<Misfit> misfitOfCharge(OffsetDateTime at) {
    if (chargesLeft == 0) {
      return Optional.of(Misfit.COUNT);
    }
    return at.isBefore(movedAt.plus(limits.interval()))
        ? Optional.of(Misfit.INTERVAL)
        : Optional.empty();
  }

  /** The same after a use that fitted: a hold is over, a charge fewer is left. */
  public Authority used(OffsetDateTime now) {
    requireOpen();
    return kind == Kind.HOLD
        ? with(State.COMPLETED, chargesLeft, now)
        : with(State.OPEN, chargesLeft - 1, now);
  }

  /** The same hold, given back by the bank. */
  public Authority released() {
    requireOpen();
    return with(State.RELEASED, chargesLeft, movedAt);
  }

  /** The same charges, ended by the payer. */
  public Authority revoked() {
    requireOpen();
    return with(State.REVOKED, chargesLeft, movedAt);
  }

  private void requireOpen() {
    if (!isOpen()) {
      throw new IllegalStateException(this + " is over");
    }
  }

  private Authority with(State newState, int newChargesLeft, OffsetDateTime newMovedAt) {
    return new Authority(
        slot, key, kind, newState, payer, payee, debitAccount, limits, newChargesLeft, newMovedAt);
  }

  @Override
  public String toString() {
    return "Authority(" + slot + ", " + kind + ", " + state + ")";
  }
}
