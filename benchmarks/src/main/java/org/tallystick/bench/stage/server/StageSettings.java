package org.tallystick.bench.stage.server;

import java.util.Locale;

/**
 * What the runner tells the server by system properties.
 *
 * @param form which form of the stage consumes
 * @param plant which defect is planted, if any
 */
public record StageSettings(Form form, Plant plant) {
  /** JNDI name of the data source the application defines. */
  public static final String DATA_SOURCE = "java:app/jdbc/stage";

  /** JNDI name of the JMS connection factory the runner defines. */
  public static final String CONNECTION_FACTORY = "jms/stage";

  /** Queue that the ingress fills and the stage empties. */
  public static final String QUEUE = "tallystick.halves";

  /** Queue for what failed too often. */
  public static final String DEAD_QUEUE = "tallystick.dead";

  /** Upper bound of messages per database transaction. */
  public static final int BATCH = 32;

  /** Threads that write to the database at once. */
  public static final int WRITERS = 2;

  /** Attempts after which a bad message goes to the dead-letter queue. */
  public static final int MAX_ATTEMPTS = 6;

  /** How a stage consumes. */
  public enum Form {
    /** Managed threads with transacted receive. */
    THREAD,
    /** Message-driven bean with group commit. */
    MDB,
    /** Message-driven bean into an inbox table that managed threads drain. */
    INBOX
  }

  /** A defect planted to see whether the drill notices. */
  public enum Plant {
    /** No defect. */
    NONE,
    /** The message is acknowledged before the database commits. */
    ACK_FIRST,
    /** The tables have no unique keys. */
    NO_UNIQUE
  }

  /** Reads the settings of this server. */
  public static StageSettings fromSystem() {
    return new StageSettings(
        Form.valueOf(property("stage.form", "thread")),
        Plant.valueOf(property("stage.plant", "none")));
  }

  private static String property(String name, String fallback) {
    return System.getProperty(name, fallback).toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
