package org.tallystick.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import org.tallystick.money.Money;
import org.tallystick.schema.Database;

/** Accounts and movements for tests. */
final class Books {
  static final Clock CLOCK = Clock.systemUTC();

  private Books() {}

  /** A deposit account with so much on it. */
  static long funded(long minor, String currency) throws SQLException {
    long party = Database.party();
    try (Connection connection = Database.connect()) {
      AccountBook book = new AccountBook(connection, CLOCK);
      long account = book.openDeposit(party, currency);
      if (minor > 0) {
        long cash = book.ownAccount(AccountKind.CASH, currency);
        new Journal(connection, CLOCK).transfer(order(cash, account, minor, currency));
      }
      connection.commit();
      return account;
    }
  }

  static Transfer order(long debit, long credit, long minor, String currency) {
    UUID id = UUID.randomUUID();
    return new Transfer(id, "TEST", "t-" + id, debit, credit, Money.of(minor, currency));
  }

  static TransferOutcome book(Transfer order) throws SQLException {
    try (Connection connection = Database.connect()) {
      TransferOutcome outcome = new Journal(connection, CLOCK).transfer(order);
      connection.commit();
      return outcome;
    }
  }

  static Balance balance(long account) throws SQLException {
    try (Connection connection = Database.connect()) {
      return new Journal(connection, CLOCK).balance(account).orElseThrow();
    }
  }
}
