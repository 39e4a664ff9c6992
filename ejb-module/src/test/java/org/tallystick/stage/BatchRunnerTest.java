package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BatchRunnerTest {
  private final List<String> sent = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final AtomicBoolean ready = new AtomicBoolean(true);

  private static final Delivery GOOD = new Delivery("good", 0);
  private static final Delivery ALSO_GOOD = new Delivery("also good", 0);
  private static final Delivery BAD = new Delivery("bad", 0);

  private BatchRunner<String> runner(Function<List<Delivery>, String> transaction) {
    return new BatchRunner<>(
        batch -> {
          sizes.add(batch.size());
          return transaction.apply(batch);
        },
        sent::add,
        ready::get);
  }

  private static String failOnBad(List<Delivery> batch) {
    if (batch.contains(BAD)) {
      throw new IllegalStateException("bad");
    }
    return batch.get(0).text() + batch.size();
  }

  @Test
  void goodBatch_isOneTransaction() {
    runner(BatchRunnerTest::failOnBad).run(List.of(GOOD, ALSO_GOOD));
    assertThat(sent).containsExactly("good2");
    assertThat(sizes).containsExactly(2);
  }

  @Test
  void oneBadMessage_endsOnlyItself() {
    assertThatThrownBy(() -> runner(BatchRunnerTest::failOnBad).run(List.of(GOOD, BAD, ALSO_GOOD)))
        .hasMessage("bad");
    assertThat(sent).containsExactly("good1", "also good1");
    assertThat(sizes).containsExactly(3, 1, 1, 1);
  }

  @Test
  void databaseAway_blamesNoMessage() {
    ready.set(false);
    assertThatThrownBy(() -> runner(BatchRunnerTest::failOnBad).run(List.of(GOOD, BAD, ALSO_GOOD)))
        .hasMessage("bad");
    assertThat(sizes).containsExactly(3);
    assertThat(sent).isEmpty();
  }

  @Test
  void deadlock_isTriedAgain() {
    runner(
            batch -> {
              if (sizes.size() < 3) {
                throw new StageFaultException(new SQLException("deadlock", "40P01"));
              }
              return "done";
            })
        .run(List.of(GOOD, ALSO_GOOD));
    assertThat(sent).containsExactly("done");
    assertThat(sizes).containsExactly(2, 2, 2);
  }

  @Test
  void lockThatNeverComesFree_endsInBoundedTime() {
    assertThatThrownBy(
            () ->
                runner(
                        batch -> {
                          throw new StageFaultException(new SQLException("lock", "55P03"));
                        })
                    .run(List.of(GOOD)))
        .isInstanceOf(StageFaultException.class);
    assertThat(sizes).hasSize(4);
  }

  @Test
  void otherDatabaseError_isNoConflict() {
    assertThat(LockConflict.causedBy(new StageFaultException(new SQLException("x", "23505"))))
        .isFalse();
    assertThat(LockConflict.causedBy(new SQLException("no state"))).isFalse();
  }
}
