package org.tallystick.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tallystick.schema.Database;

/** A round of folding that outlasts its period has another one beside it. */
class FoldSideBySideTest {
  @Test
  void foldsAtOnce_whilePaymentsGoOn_addEachPostingUpOnce() throws Exception {
    long payer = Books.funded(10_000, "USD");
    long payee = Books.funded(0, "USD");
    int rounds = 50;
    CyclicBarrier gate = new CyclicBarrier(3);
    Callable<Integer> paying =
        () -> {
          for (int i = 0; i < rounds; i++) {
            gate.await();
            assertThat(Books.book(Books.order(payer, payee, 3, "USD")).inTheBooks()).isTrue();
          }
          return rounds;
        };
    Callable<Integer> folding =
        () -> {
          int had = 0;
          for (int i = 0; i < rounds; i++) {
            gate.await();
            try (Connection connection = Database.connect()) {
              had += new Journal(connection, Books.CLOCK).foldIfFree(payee, 100) ? 1 : 0;
              connection.commit();
            }
          }
          return had;
        };
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Integer>> running =
          List.of(threads.submit(folding), threads.submit(folding), threads.submit(paying));
      for (Future<Integer> one : running) {
        assertThat(one.get()).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(Books.balance(payee).postedMinor()).isEqualTo(3L * rounds);
    assertThat(Books.balance(payer).postedMinor()).isEqualTo(10_000 - 3L * rounds);
  }
}
