package org.tallystick.schedule;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.tallystick.node.Environment;

/**
 * Tells the nodes of one database which of them does a timed round.
 *
 * <p>A round may outlast its period, and then another node begins the next one beside it: every
 * task must bear that. See {@link TimedTaskRows} for how a period is given away.
 */
@Stateless
public class TimedTasks {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Environment environment;

  /** Whether this node is to do a round of the task now; asking again in the period gives false. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public boolean claim(TimedTask task) {
    return claim(task, task.period());
  }

  /** As the other, for a task whose period the operator has set, alike on every node. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public boolean claim(TimedTask task, Duration period) {
    try {
      return new TimedTaskRows(entities.unwrap(Connection.class))
          .claim(task.row(), environment.nodeName(), period);
    } catch (SQLException e) {
      throw new IllegalStateException("the timed task " + task.row() + " cannot be claimed", e);
    }
  }
}
