package org.tallystick.node;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import javax.sql.DataSource;

/**
 * What the server lends the application, and the only place that names it. The names are logical:
 * each server's descriptor binds them to what its administrator has set up.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class ServerResources {
  @Resource(name = "jdbc/tallystick")
  private DataSource database;

  @Resource(name = "jms/tallystick/factory")
  private ConnectionFactory broker;

  @Resource(name = "jms/tallystick/halves")
  private Queue halves;

  @Resource(name = "jms/tallystick/paired")
  private Queue paired;

  @Resource(name = "jms/tallystick/dead")
  private Queue dead;

  @Resource(name = "jms/tallystick/answers")
  private Topic answers;

  /** The one database. */
  public DataSource database() {
    return database;
  }

  /** Connections to the broker. */
  public ConnectionFactory broker() {
    return broker;
  }

  /** Codes as they came in, on disk. */
  public Queue halves() {
    return halves;
  }

  /** Hints to the deciding stage. */
  public Queue paired() {
    return paired;
  }

  /** Messages that failed too often. */
  public Queue dead() {
    return dead;
  }

  /** Answers that are stored, for every node. */
  public Topic answers() {
    return answers;
  }
}
