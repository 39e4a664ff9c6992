package org.tallystick.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.ledger.Books.balance;
import static org.tallystick.ledger.Books.book;
import static org.tallystick.ledger.Books.funded;
import static org.tallystick.ledger.Books.order;

import java.sql.Connection;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tallystick.money.Money;
import org.tallystick.schema.Database;

class JournalTest {
  @Test
  void transfer_withFunds_movesTheAmount() throws Exception {
    long payer = funded(1000, "USD");
    long payee = funded(0, "USD");
    Transfer order = order(payer, payee, 300, "USD");
    assertThat(book(order)).isEqualTo(new TransferOutcome.Posted(order.entryId()));
    assertThat(balance(payer).postedMinor()).isEqualTo(700);
    assertThat(balance(payee).postedMinor()).isEqualTo(300);
  }

  @Test
  void transfer_sameIdAgain_hasNoFurtherEffect() throws Exception {
    long payer = funded(1000, "USD");
    long payee = funded(0, "USD");
    Transfer order = order(payer, payee, 600, "USD");
    book(order);
    assertThat(book(order)).isEqualTo(new TransferOutcome.AlreadyPosted(order.entryId()));
    assertThat(balance(payer).postedMinor()).isEqualTo(400);
  }

  @Test
  void transfer_sameIdOtherAmount_isRefused() throws Exception {
    long payer = funded(1000, "USD");
    long payee = funded(0, "USD");
    Transfer first = order(payer, payee, 10, "USD");
    book(first);
    Transfer other =
        new Transfer(
            first.entryId(),
            first.kind(),
            first.transactionRef(),
            payer,
            payee,
            Money.of(11, "USD"));
    assertThat(book(other)).isEqualTo(new TransferOutcome.KeyReused(first.entryId()));
    assertThat(balance(payer).postedMinor()).isEqualTo(990);
  }

  @Test
  void transfer_withoutFunds_changesNothing() throws Exception {
    long payer = funded(100, "USD");
    long payee = funded(0, "USD");
    assertThat(book(order(payer, payee, 101, "USD")))
        .isEqualTo(new TransferOutcome.InsufficientFunds(payer));
    assertThat(balance(payer).postedMinor()).isEqualTo(100);
    assertThat(book(order(payer, payee, 100, "USD")).inTheBooks()).isTrue();
  }

  @Test
  void transfer_otherCurrency_isRefused() throws Exception {
    long payer = funded(100, "USD");
    long payee = funded(0, "EUR");
    assertThat(book(order(payer, payee, 1, "USD")))
        .isEqualTo(new TransferOutcome.CurrencyMismatch());
  }

  @Test
  void transfer_closedAccount_isRefused() throws Exception {
    long payer = funded(100, "USD");
    long payee = funded(0, "USD");
    execute("update ledger_account set state = 'CLOSED' where id = " + payee);
    assertThat(book(order(payer, payee, 1, "USD")))
        .isEqualTo(new TransferOutcome.AccountClosed(payee));
  }

  private static Hold hold(long account, long minor) throws Exception {
    Hold hold =
        new Hold(
            UUID.randomUUID(),
            account,
            Money.of(minor, "USD"),
            "t-hold",
            OffsetDateTime.now(Books.CLOCK).plusDays(1));
    try (Connection connection = Database.connect()) {
      assertThat(new Journal(connection, Books.CLOCK).placeHold(hold))
          .isEqualTo(new HoldOutcome.Held(hold.holdId()));
      connection.commit();
    }
    return hold;
  }

  private static TransferOutcome capture(Hold hold, Transfer order) throws Exception {
    try (Connection connection = Database.connect()) {
      TransferOutcome outcome = new Journal(connection, Books.CLOCK).capture(hold.holdId(), order);
      connection.commit();
      return outcome;
    }
  }

  @Test
  void capture_usesWhatIsHeld_andFreesTheRest() throws Exception {
    long payer = funded(1000, "USD");
    long payee = funded(0, "USD");
    Hold hold = hold(payer, 800);
    hold(payer, 200);
    Transfer order = order(payer, payee, 700, "USD");
    assertThat(capture(hold, order)).isEqualTo(new TransferOutcome.Posted(order.entryId()));
    assertThat(balance(payer).postedMinor()).isEqualTo(300);
    assertThat(balance(payer).heldMinor()).isEqualTo(200);
    assertThat(capture(hold, order)).isEqualTo(new TransferOutcome.AlreadyPosted(order.entryId()));
    assertThat(balance(payer).heldMinor()).isEqualTo(200);
  }

  @Test
  void capture_withoutFunds_leavesTheHold() throws Exception {
    long payer = funded(1000, "USD");
    long payee = funded(0, "USD");
    Hold hold = hold(payer, 800);
    assertThat(capture(hold, order(payer, payee, 1001, "USD")))
        .isEqualTo(new TransferOutcome.InsufficientFunds(payer));
    assertThat(balance(payer).heldMinor()).isEqualTo(800);
    assertThat(capture(hold, order(payer, payee, 1000, "USD")).inTheBooks()).isTrue();
    assertThat(balance(payer).availableMinor()).isZero();
  }

  @Test
  void capture_ofAHoldOnAnotherAccount_coversNothing() throws Exception {
    long payer = funded(100, "USD");
    long payee = funded(0, "USD");
    Hold elsewhere = hold(funded(1000, "USD"), 1000);
    assertThat(capture(elsewhere, order(payer, payee, 101, "USD")))
        .isEqualTo(new TransferOutcome.InsufficientFunds(payer));
  }

  @Test
  void credit_whileBalanceRowIsLocked_doesNotWait() throws Exception {
    long payer = funded(100, "USD");
    long payee = funded(0, "USD");
    try (Connection holder = Database.connect()) {
      new Journal(holder, Books.CLOCK).lock(List.of(payee));
      assertThat(book(order(payer, payee, 40, "USD")).inTheBooks()).isTrue();
    }
    assertThat(balance(payee).postedMinor()).isEqualTo(40);
  }

  @Test
  void debits_racing_neverOverdraw() throws Exception {
    long payer = funded(1000, "USD");
    long payee = funded(0, "USD");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<TransferOutcome>> results = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      results.add(threads.submit(() -> book(order(payer, payee, 100, "USD"))));
    }
    int posted = 0;
    for (Future<TransferOutcome> result : results) {
      posted += result.get().inTheBooks() ? 1 : 0;
    }
    threads.shutdown();
    assertThat(posted).isEqualTo(10);
    assertThat(balance(payer).postedMinor()).isZero();
    assertThat(balance(payee).postedMinor()).isEqualTo(1000);
  }

  @Test
  void transfers_crossing_endWithoutDeadlock() throws Exception {
    long one = funded(10_000, "USD");
    long two = funded(10_000, "USD");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<TransferOutcome>> results = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Transfer order = i % 2 == 0 ? order(one, two, 7, "USD") : order(two, one, 7, "USD");
      results.add(threads.submit(() -> book(order)));
    }
    for (Future<TransferOutcome> result : results) {
      assertThat(result.get().inTheBooks()).isTrue();
    }
    threads.shutdown();
    assertThat(balance(one).postedMinor() + balance(two).postedMinor()).isEqualTo(20_000);
  }

  @Test
  void reversal_ofSpentMoney_isBookedOnce_andShowsTheDebt() throws Exception {
    long payer = funded(100, "USD");
    long payee = funded(0, "USD");
    long third = funded(0, "USD");
    Transfer payment = order(payer, payee, 100, "USD");
    book(payment);
    book(order(payee, third, 100, "USD"));
    UUID reversal = EntryId.of("reversal", payment.entryId().toString());
    assertThat(reverse(payment.entryId())).isEqualTo(new TransferOutcome.Posted(reversal));
    assertThat(reverse(payment.entryId())).isEqualTo(new TransferOutcome.AlreadyPosted(reversal));
    assertThat(balance(payer).postedMinor()).isEqualTo(100);
    assertThat(balance(payee).postedMinor()).isEqualTo(-100);
  }

  @Test
  void reversal_ofNothing_isRefused() throws Exception {
    UUID unknown = UUID.randomUUID();
    assertThat(reverse(unknown)).isEqualTo(new TransferOutcome.UnknownEntry(unknown));
  }

  @Test
  void hold_keepsFunds_untilReleased() throws Exception {
    long payer = funded(100, "USD");
    long payee = funded(0, "USD");
    Hold hold =
        new Hold(
            UUID.randomUUID(),
            payer,
            Money.of(80, "USD"),
            "t",
            OffsetDateTime.now(Books.CLOCK).plusMinutes(5));
    try (Connection connection = Database.connect()) {
      Journal journal = new Journal(connection, Books.CLOCK);
      assertThat(journal.placeHold(hold)).isEqualTo(new HoldOutcome.Held(hold.holdId()));
      assertThat(journal.placeHold(hold))
          .isEqualTo(new HoldOutcome.AlreadyPlaced(hold.holdId(), true));
      connection.commit();
    }
    assertThat(balance(payer).availableMinor()).isEqualTo(20);
    assertThat(book(order(payer, payee, 21, "USD")).inTheBooks()).isFalse();
    try (Connection connection = Database.connect()) {
      Journal journal = new Journal(connection, Books.CLOCK);
      assertThat(journal.releaseHold(hold.holdId())).isTrue();
      assertThat(journal.releaseHold(hold.holdId())).isFalse();
      connection.commit();
    }
    assertThat(book(order(payer, payee, 100, "USD")).inTheBooks()).isTrue();
  }

  @Test
  void folding_changesNoBalance() throws Exception {
    long payer = funded(100, "USD");
    long payee = funded(0, "USD");
    for (int i = 0; i < 5; i++) {
      book(order(payer, payee, 3, "USD"));
    }
    try (Connection connection = Database.connect()) {
      Journal journal = new Journal(connection, Books.CLOCK);
      assertThat(journal.accountsToFold(10_000)).contains(payee);
      assertThat(journal.foldIfFree(payee, 2)).isTrue();
      connection.commit();
      assertThat(balance(payee).postedMinor()).isEqualTo(15);
      assertThat(journal.foldIfFree(payee, 100)).isTrue();
      connection.commit();
      assertThat(journal.accountsToFold(10_000)).doesNotContain(payee);
    }
    assertThat(balance(payee).postedMinor()).isEqualTo(15);
  }

  @Test
  void trialBalance_afterMovements_isZeroInEachCurrency() throws Exception {
    long payer = funded(100, "CHF");
    book(order(payer, funded(0, "CHF"), 30, "CHF"));
    try (Connection connection = Database.connect()) {
      TrialBalance trial = new Journal(connection, Books.CLOCK).trialBalance();
      assertThat(trial.balanced()).isTrue();
      assertThat(trial.entries()).isGreaterThanOrEqualTo(2);
      assertThat(trial.kinds())
          .contains(
              new TrialBalance.KindSum(AccountKind.CASH, "CHF", "100"),
              new TrialBalance.KindSum(AccountKind.DEPOSIT, "CHF", "-100"));
    }
  }

  @Test
  void order_ofNothing_orToItself_isNoOrder() {
    assertThatThrownBy(() -> order(1, 2, 0, "USD")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> order(1, 1, 5, "USD")).isInstanceOf(IllegalArgumentException.class);
  }

  private static TransferOutcome reverse(UUID entry) throws Exception {
    try (Connection connection = Database.connect()) {
      TransferOutcome outcome = new Journal(connection, Books.CLOCK).reverse(entry);
      connection.commit();
      return outcome;
    }
  }

  private static void execute(String sql) throws Exception {
    try (Connection connection = Database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
