package org.tallystick.evidence;

import org.tallystick.keys.Bank;
import org.tallystick.party.BackOffice;

/** The auditor's view wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class TransactionsFixture {
  private TransactionsFixture() {}

  public static Transactions over(BackOffice office) {
    Transactions transactions = new Transactions();
    transactions.entities = office.entities;
    transactions.bank = new Bank(office.environment);
    transactions.vault = office.vault;
    return transactions;
  }
}
