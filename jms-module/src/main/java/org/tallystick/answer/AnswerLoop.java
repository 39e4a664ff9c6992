package org.tallystick.answer;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hands what the topic brings to the node's registry; connects again as often as need be. */
final class AnswerLoop implements Runnable {
  private static final Logger LOG = System.getLogger(AnswerLoop.class.getName());
  private static final long RECEIVE_MILLIS = 500;
  private static final long PAUSE_MILLIS = 1_000;
  private static final long LOOKUP_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final ConnectionFactory factory;
  private final Topic topic;
  private final AnswerRegistry registry;
  private final AnswerLookup lookup;
  private final CountDownLatch stopped;

  AnswerLoop(
      ConnectionFactory factory,
      Topic topic,
      AnswerRegistry registry,
      AnswerLookup lookup,
      CountDownLatch stopped) {
    this.factory = factory;
    this.topic = topic;
    this.registry = registry;
    this.lookup = lookup;
    this.stopped = stopped;
  }

  @Override
  public void run() {
    while (running()) {
      try (Connection connection = factory.createConnection();
          Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
          MessageConsumer consumer = session.createConsumer(topic)) {
        connection.start();
        listen(session, consumer);
      } catch (JMSException e) {
        if (running()) {
          LOG.log(Level.WARNING, "the broker is away, trying again", e);
          pause();
        }
      }
    }
  }

  private void listen(Session session, MessageConsumer consumer) throws JMSException {
    long lookedAt = System.nanoTime() - LOOKUP_NANOS;
    while (running()) {
      if (System.nanoTime() - lookedAt >= LOOKUP_NANOS) {
        look();
        lookedAt = System.nanoTime();
      }
      Message message = consumer.receive(RECEIVE_MILLIS);
      if (message instanceof BytesMessage bytes) {
        hear(bytes);
      }
      if (message != null) {
        session.commit();
      }
    }
  }

  private void hear(BytesMessage message) throws JMSException {
    byte[] content = new byte[Math.toIntExact(message.getBodyLength())];
    message.readBytes(content);
    try {
      registry.arrived(AnswerBatch.decode(content));
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "a message of the topic is not one of answers", e);
    }
  }

  private void look() {
    try {
      lookup.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "waiting answers could not be looked up", e);
    }
  }

  private boolean running() {
    return stopped.getCount() > 0;
  }

  private void pause() {
    try {
      if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.log(Level.DEBUG, "stopping");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }
}
