package org.tallystick.sweep;

import java.util.Collection;
import java.util.List;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.schedule.TimedTasksFixture;
import org.tallystick.stage.Hint;
import org.tallystick.stage.Hints;

/** The sweeps wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class SweepsFixture {
  private SweepsFixture() {}

  public static Sweeps over(BackOffice office) {
    Sweeps sweeps = new Sweeps();
    sweeps.entities = office.entities;
    sweeps.clock = office.clock;
    return sweeps;
  }

  /** The sweeper of a node, which puts the hints that it sends into a list. */
  public static Sweeper sweeper(String node, BackOffice office, List<Hint> sent) {
    Sweeps wired = over(office);
    Sweeper sweeper = new Sweeper();
    sweeper.tasks = TimedTasksFixture.node(node);
    sweeper.sweeps =
        new Sweeps() {
          @Override
          public List<Hint> look() {
            return Server.inTransaction(office.entities, wired::look);
          }
        };
    sweeper.hints =
        new Hints() {
          @Override
          public void send(Collection<Hint> hints) {
            sent.addAll(hints);
          }
        };
    return sweeper;
  }
}
