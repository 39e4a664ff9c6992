package org.tallystick.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.schedule.TimedTask;
import org.tallystick.schedule.TimedTasks;

@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class FoldingTest {
  private final Folding folding = new Folding();
  private final List<Long> folded = new ArrayList<>();
  private boolean mine = true;

  @BeforeEach
  void wire() {
    folding.tasks =
        new TimedTasks() {
          @Override
          public boolean claim(TimedTask task) {
            return task == TimedTask.FOLDING && mine;
          }
        };
    folding.ledger =
        new Ledger() {
          @Override
          public List<Long> accountsToFold(int limit) {
            return List.of(1L, 2L, 3L);
          }

          @Override
          public boolean fold(long account, int limit) {
            if (account == 2) {
              throw new IllegalStateException("planted");
            }
            return folded.add(account);
          }
        };
  }

  @Test
  void round_thatIsAnothers_foldsNothing() {
    mine = false;
    folding.round();
    assertThat(folded).isEmpty();
  }

  @Test
  void account_thatFails_doesNotKeepTheOthersFromIt() {
    folding.round();
    assertThat(folded).containsExactly(1L, 3L);
  }

  @Test
  void books_thatAreAway_doNotEndTheTimer() {
    folding.ledger = new Ledger(); // without a database
    folding.round();
    assertThat(folded).isEmpty();
  }
}
