package org.tallystick.schedule;

import jakarta.persistence.EntityManager;
import java.util.Map;
import org.tallystick.node.Environment;
import org.tallystick.node.Server;

/** The claims of one node, wired by hand, each in a transaction as the container would give it. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class TimedTasksFixture {
  private TimedTasksFixture() {}

  public static TimedTasks node(String name) {
    TimedTasks tasks =
        new TimedTasks() {
          @Override
          public boolean claim(TimedTask task) {
            return Server.inTransaction(entities, () -> super.claim(task));
          }
        };
    tasks.entities = Server.entityManager();
    tasks.environment = new Environment(Map.of("TALLYSTICK_NODE", name));
    return tasks;
  }

  /** As if the task's present period were over. */
  public static void endPeriod(TimedTask task) {
    change("update timed_task set due_at = now() where name = '" + task.row() + "'");
  }

  /** Rounds so far. */
  public static long rounds(TimedTask task) {
    return number("select coalesce(sum(rounds), 0) from timed_task where name = '%s'", task);
  }

  /** The second in which the database is. */
  public static long databaseSecond() {
    return number("select floor(extract(epoch from clock_timestamp()))::bigint", TimedTask.SWEEP);
  }

  private static long number(String sql, TimedTask task) {
    EntityManager entities = Server.entityManager();
    Object found =
        Server.inTransaction(
            entities,
            () -> entities.createNativeQuery(sql.formatted(task.row())).getSingleResult());
    entities.close();
    return ((Number) found).longValue();
  }

  private static void change(String sql) {
    EntityManager entities = Server.entityManager();
    Server.inTransaction(entities, () -> entities.createNativeQuery(sql).executeUpdate());
    entities.close();
  }
}
