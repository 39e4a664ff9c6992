package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.code.SealedHalf;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.pairing.Slot;
import org.tallystick.party.BackOffice;
import org.tallystick.schedule.TimedTask;
import org.tallystick.schedule.TimedTasksFixture;
import org.tallystick.sweep.Sweeper;
import org.tallystick.sweep.Sweeps;
import org.tallystick.sweep.SweepsFixture;

/** Sweepers of two nodes over one database. */
class SweeperTest extends StagesCase {
  private static final Duration DUE = Duration.ofMillis(Slot.DUE_MILLIS + 1);

  private BackOffice other;
  private final List<Hint> sentByOne = new ArrayList<>();
  private final List<Hint> sentByTwo = new ArrayList<>();
  private Sweeper one;
  private Sweeper two;

  @BeforeEach
  void twoNodes() {
    other = new BackOffice(keys);
    one = SweepsFixture.sweeper("node-1", bank.office, sentByOne);
    two = SweepsFixture.sweeper("node-2", other, sentByTwo);
    sweepAway();
  }

  private void bothLater(Duration by) {
    bank.office.clock.advance(by);
    other.clock.advance(by);
  }

  /** Halves that are paired, and whose hints nobody got. */
  private List<Hint> pairsWithoutHint(int count) {
    List<SealedHalf> halves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      number = payee.nextNumber();
      halves.add(asked().amount(100).seal());
      halves.add(paid().amount(100).seal());
    }
    return bank.open(halves.toArray(SealedHalf[]::new)).hints();
  }

  /** Ends what is there, so that only what comes now is found. */
  private void sweepAway() {
    for (String sql :
        List.of(
            "update half set state = 'ANSWERED', reply_root_wrapped = null"
                + " where state <> 'ANSWERED'",
            "update slot set state = 'EXPIRED', outcome = 4 where state in ('OPEN', 'PAIRED')")) {
      Server.inTransaction(
          other.entities, () -> other.entities.createNativeQuery(sql).executeUpdate());
    }
  }

  @Test
  void secondCallerInTheSameSecond_doesNothing_alsoIfItsClockIsAhead() {
    List<Hint> lost = pairsWithoutHint(1);
    // to this node, what the other has just hinted at is overdue again
    other.clock.advance(Duration.ofHours(1));
    long second;
    do { // a second may end between the two
      sentByOne.clear();
      sentByTwo.clear();
      bothLater(DUE.plusHours(1));
      TimedTasksFixture.endPeriod(TimedTask.SWEEP);
      second = TimedTasksFixture.databaseSecond();
      one.round();
      two.round();
    } while (TimedTasksFixture.databaseSecond() != second);
    assertThat(sentByOne).isEqualTo(lost);
    assertThat(sentByTwo).isEmpty();
  }

  @Test
  void roundOfANodeThatDied_isMadeUpForByAnother_inTheNextPeriod() {
    List<Hint> lost = pairsWithoutHint(1);
    bothLater(DUE);
    TimedTasksFixture.endPeriod(TimedTask.SWEEP);
    long before = TimedTasksFixture.rounds(TimedTask.SWEEP);
    assertThat(TimedTasksFixture.node("node-1").claim(TimedTask.SWEEP)).isTrue();
    // node-1 is heard of no more
    TimedTasksFixture.endPeriod(TimedTask.SWEEP);
    two.round();
    assertThat(sentByTwo).isEqualTo(lost);
    assertThat(TimedTasksFixture.rounds(TimedTask.SWEEP)).isEqualTo(before + 2);
  }

  /** A round that outlasts its period has another one beside it. */
  @Test
  void looksSideBySide_findEachRowOnce() throws Exception {
    List<Hint> lost = pairsWithoutHint(16);
    List<BackOffice> offices = List.of(bank.office, other);
    for (int round = 0; round < 50; round++) {
      bothLater(DUE);
      List<List<Hint>> found = AtOnce.run(2, i -> look(offices.get(i)));
      List<Hint> all = found.stream().flatMap(List::stream).toList();
      assertThat(all).as("round %d", round).containsExactlyInAnyOrderElementsOf(lost);
    }
  }

  /** Slots whose twin has not come end once. */
  @Test
  void expirySideBySide_endsEachSlotOnce() throws Exception {
    List<BackOffice> offices = List.of(bank.office, other);
    for (int round = 0; round < 10; round++) {
      sweepAway();
      List<SealedHalf> halves = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        number = payee.nextNumber();
        halves.add(asked().amount(100).seal());
      }
      bank.open(halves.toArray(SealedHalf[]::new));
      bothLater(Duration.ofHours(1));
      List<List<Hint>> found = AtOnce.run(2, i -> look(offices.get(i)));
      assertThat(found.stream().flatMap(List::stream))
          .as("round %d", round)
          .hasSize(8)
          .doesNotHaveDuplicates();
    }
  }

  private static Callable<List<Hint>> look(BackOffice office) {
    Sweeps sweeps = SweepsFixture.over(office);
    return () -> Server.inTransaction(office.entities, sweeps::look);
  }
}
