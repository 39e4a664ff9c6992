package org.tallystick.stage;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.CodeIngress;

/**
 * One thread's work: receives up to 32 messages in a transacted session, gives them to the stage,
 * which commits to the database, and only then lets the broker forget them.
 *
 * <p>A message that fails alone goes back to the broker, which delivers it again later and at last
 * puts it aside; where a broker does neither for a session's own transaction (OpenMQ), the loop
 * waits in its place and moves the message to the queue of the dead. While what the stage needs is
 * away, the batch is held, so that no message uses its deliveries up. When the broker is away the
 * loop waits, a little longer each time.
 */
final class StageLoop implements Runnable {
  private static final Logger LOG = System.getLogger(StageLoop.class.getName());
  private static final long RECEIVE_MILLIS = 500;
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long MAX_PAUSE_MILLIS = 5_000;
  private static final String DELIVERIES = "JMSXDeliveryCount";

  /** One more than the broker is told, so that a broker that counts is always first. */
  private static final int MAX_DELIVERIES = 7;

  private final ConnectionFactory factory;
  private final Queue queue;
  private final Queue dead;
  private final Stage stage;
  private final CountDownLatch stopped;
  private int singles;
  private @Nullable Message last;
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  StageLoop(
      ConnectionFactory factory, Queue queue, Queue dead, Stage stage, CountDownLatch stopped) {
    this.factory = factory;
    this.queue = queue;
    this.dead = dead;
    this.stage = stage;
    this.stopped = stopped;
  }

  @Override
  public void run() {
    awaitStage();
    while (running()) {
      try (Connection connection = factory.createConnection();
          Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
          MessageConsumer consumer = session.createConsumer(queue)) {
        connection.start();
        while (running()) {
          work(session, consumer);
          pauseMillis = FIRST_PAUSE_MILLIS;
        }
      } catch (JMSException e) {
        if (running()) {
          LOG.log(Level.WARNING, "the broker is away, trying again", e);
          pause();
        }
      }
    }
  }

  /** Receives and works off one batch. */
  void work(Session session, MessageConsumer consumer) throws JMSException {
    List<Delivery> batch = receive(consumer);
    if (batch.isEmpty()) {
      return;
    }
    while (true) {
      try {
        stage.take(batch);
        session.commit();
        singles = Math.max(0, singles - 1);
        return;
      } catch (RuntimeException failure) {
        if (stage.isReady()) {
          LOG.log(Level.WARNING, batch.size() + " messages go back to the broker", failure);
          giveBack(session, batch.size());
          return;
        }
        LOG.log(Level.WARNING, "the database is away, holding a batch", failure);
        if (!awaitStage()) {
          session.rollback();
          return;
        }
      }
    }
  }

  private void giveBack(Session session, int size) throws JMSException {
    singles = Stage.MAX_BATCH;
    int deliveries = size == 1 && last != null ? last.getIntProperty(DELIVERIES) : 0;
    if (last != null && deliveries >= MAX_DELIVERIES) {
      try (MessageProducer aside = session.createProducer(dead)) {
        aside.send(last);
      }
      session.commit();
      LOG.log(Level.ERROR, "a message failed " + deliveries + " times and is put aside");
      return;
    }
    if (deliveries > 1) {
      pauseMillis = Math.min(FIRST_PAUSE_MILLIS << (deliveries - 1), MAX_PAUSE_MILLIS);
      pause();
    }
    session.rollback();
  }

  /** Waits for a first message, then takes what is there. */
  private List<Delivery> receive(MessageConsumer consumer) throws JMSException {
    List<Delivery> batch = new ArrayList<>();
    int limit = singles > 0 ? 1 : Stage.MAX_BATCH;
    Message message = consumer.receive(RECEIVE_MILLIS);
    while (message != null) {
      batch.add(delivery(message));
      last = message;
      message = batch.size() < limit ? consumer.receiveNoWait() : null;
    }
    return batch;
  }

  private static Delivery delivery(Message message) throws JMSException {
    long receivedAt =
        message.propertyExists(CodeIngress.RECEIVED_AT)
            ? message.getLongProperty(CodeIngress.RECEIVED_AT)
            : message.getJMSTimestamp();
    // what is no text is no code either, and is dropped as one
    String text = message instanceof TextMessage written ? written.getText() : "";
    return new Delivery(text == null ? "" : text, receivedAt);
  }

  /** Waits until the stage has what it needs; false if the loop was stopped meanwhile. */
  private boolean awaitStage() {
    while (running()) {
      if (stage.isReady()) {
        pauseMillis = FIRST_PAUSE_MILLIS;
        return true;
      }
      pause();
    }
    return false;
  }

  private boolean running() {
    return stopped.getCount() > 0;
  }

  private void pause() {
    try {
      if (!stopped.await(pauseMillis, TimeUnit.MILLISECONDS)) {
        pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }
}
