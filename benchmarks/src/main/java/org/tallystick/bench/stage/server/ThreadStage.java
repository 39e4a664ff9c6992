package org.tallystick.bench.stage.server;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Form {@code thread}: receives up to 32 messages in a transacted session, commits them to the
 * database in one transaction, then commits the session.
 *
 * <p>A bad message does not drag its batch along: it is sent again with a delay inside the same
 * session, at last to the dead-letter queue. While the database is away nothing is received, so no
 * message uses its deliveries up.
 */
final class ThreadStage implements Runnable {
  private static final Logger LOG = System.getLogger(ThreadStage.class.getName());
  private static final String ATTEMPTS = "stageAttempts";
  private static final long FIRST_WAIT_MILLIS = 500;
  private static final long LINGER_MILLIS = 5;
  private static final long RETRY_MILLIS = 200;

  private final ConnectionFactory factory;
  private final BatchWriter writer;
  private final boolean ackFirst;
  private final CountDownLatch stopped;

  ThreadStage(
      ConnectionFactory factory, BatchWriter writer, boolean ackFirst, CountDownLatch stopped) {
    this.factory = factory;
    this.writer = writer;
    this.ackFirst = ackFirst;
    this.stopped = stopped;
  }

  @Override
  public void run() {
    while (stopped.getCount() > 0) {
      try (Connection connection = factory.createConnection();
          Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
          MessageConsumer consumer =
              session.createConsumer(session.createQueue(StageSettings.QUEUE))) {
        connection.start();
        while (stopped.getCount() > 0) {
          work(session, consumer);
        }
      } catch (JMSException e) {
        LOG.log(Level.WARNING, "the broker is not available, trying again", e);
        pause();
      }
    }
  }

  private void work(Session session, MessageConsumer consumer) throws JMSException {
    Map<Half, Message> batch = receive(session, consumer);
    if (batch.isEmpty()) {
      return;
    }
    if (ackFirst) {
      session.commit();
    }
    try {
      Map<Half, SQLException> failures = writer.store(List.copyOf(batch.keySet()));
      for (Half half : failures.keySet()) {
        again(session, batch.get(half));
      }
      session.commit();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "the database is not available, trying again", e);
      session.rollback();
      while (stopped.getCount() > 0 && !writer.answers()) {
        pause();
      }
    }
  }

  /** Waits for a first message, then a moment for more; two deliveries of one half become one. */
  private Map<Half, Message> receive(Session session, MessageConsumer consumer)
      throws JMSException {
    Map<Half, Message> batch = new LinkedHashMap<>();
    List<Message> unreadable = new ArrayList<>();
    Message message = consumer.receive(FIRST_WAIT_MILLIS);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS);
    while (message != null) {
      try {
        batch.put(Half.parse(((TextMessage) message).getText()), message);
      } catch (IllegalArgumentException | ClassCastException e) {
        unreadable.add(message);
      }
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      message =
          batch.size() + unreadable.size() < StageSettings.BATCH
              ? consumer.receive(Math.max(1, leftMillis))
              : null;
    }
    for (Message poison : unreadable) {
      send(session, StageSettings.DEAD_QUEUE, poison, 0);
    }
    return batch;
  }

  private static void again(Session session, @Nullable Message message) throws JMSException {
    if (message == null) {
      return;
    }
    int attempts = 1 + (message.propertyExists(ATTEMPTS) ? message.getIntProperty(ATTEMPTS) : 0);
    boolean dead = attempts >= StageSettings.MAX_ATTEMPTS;
    TextMessage copy = session.createTextMessage(((TextMessage) message).getText());
    copy.setIntProperty(ATTEMPTS, attempts);
    send(
        session,
        dead ? StageSettings.DEAD_QUEUE : StageSettings.QUEUE,
        copy,
        dead ? 0 : RETRY_MILLIS * attempts);
  }

  private static void send(Session session, String queue, Message message, long delayMillis)
      throws JMSException {
    try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      producer.setDeliveryDelay(delayMillis);
      producer.send(message);
    }
  }

  private void pause() {
    try {
      if (stopped.await(FIRST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.log(Level.DEBUG, "stopping");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }
}
