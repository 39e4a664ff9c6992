package org.tallystick.ledger;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import java.util.Optional;
import java.util.UUID;
import org.tallystick.money.Money;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/** What the staff does with accounts: books deposits over the counter, and looks. */
@Stateless
public class Teller {
  @EJB Ledger ledger;

  /**
   * Books what was paid in, once for each key and account; empty where there is no such deposit
   * account.
   */
  public Optional<TransferOutcome> deposit(
      Actor actor, long accountId, Money amount, String idempotencyKey) {
    actor.require(Role.CLERK);
    Optional<Balance> account = balanceFor(actor, accountId);
    if (account.isEmpty() || account.get().kind() != AccountKind.DEPOSIT) {
      return Optional.empty();
    }
    UUID entryId = EntryId.of("deposit", accountId + "\0" + idempotencyKey);
    long cash = ledger.ownAccount(AccountKind.CASH, account.get().currency());
    return Optional.of(
        ledger.transfer(
            new Transfer(entryId, "DEPOSIT", entryId.toString(), cash, accountId, amount)));
  }

  /** What is on an account. */
  public Optional<Balance> balance(Actor actor, long accountId) {
    actor.require(Role.CLERK, Role.APPROVER, Role.AUDITOR);
    return balanceFor(actor, accountId);
  }

  /** Adds up the books. */
  public TrialBalance trialBalance(Actor actor) {
    actor.require(Role.AUDITOR);
    actor.requireConsortium();
    return ledger.trialBalance();
  }

  private Optional<Balance> balanceFor(Actor actor, long accountId) {
    Long institution = actor.institution();
    return institution == null || ledger.isOf(accountId, institution)
        ? ledger.balance(accountId)
        : Optional.empty();
  }
}
