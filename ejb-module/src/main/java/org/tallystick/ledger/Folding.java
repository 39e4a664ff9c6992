package org.tallystick.ledger;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/**
 * Adds up, every minute and in small transactions, the credits that piled up on accounts nobody
 * debits, so that reading their balance stays cheap.
 */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Folding {
  private static final int ACCOUNTS = 500;
  private static final int POSTINGS = 10_000;

  @EJB Ledger ledger;

  /** One round. */
  @Schedule(hour = "*", minute = "*", second = "0", persistent = false)
  public void round() {
    for (long account : ledger.accountsToFold(ACCOUNTS)) {
      ledger.fold(account, POSTINGS);
    }
  }
}
