package org.tallystick.bench.stage.server;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Enumeration;

/** A kept connection, session and producer; used by one request at a time. */
final class HalfSender implements AutoCloseable {
  private static final Logger LOG = System.getLogger(HalfSender.class.getName());

  private final Connection connection;
  private final Session session;
  private final MessageProducer producer;

  HalfSender(ConnectionFactory factory) throws JMSException {
    connection = factory.createConnection();
    session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    producer = session.createProducer(session.createQueue(StageSettings.QUEUE));
  }

  /** Returns once the broker's journal has the message on disk. */
  void send(String text) throws JMSException {
    producer.send(session.createTextMessage(text));
  }

  /** Sends to the dead-letter queue. */
  void bury(String text) throws JMSException {
    try (MessageProducer dead =
        session.createProducer(session.createQueue(StageSettings.DEAD_QUEUE))) {
      dead.send(session.createTextMessage(text));
    }
  }

  /** Returns how many messages lie in the dead-letter queue. */
  int dead() throws JMSException {
    connection.start();
    try (QueueBrowser browser =
        session.createBrowser(session.createQueue(StageSettings.DEAD_QUEUE))) {
      int count = 0;
      for (Enumeration<?> messages = browser.getEnumeration(); messages.hasMoreElements(); ) {
        messages.nextElement();
        count++;
      }
      return count;
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (JMSException e) {
      LOG.log(Level.DEBUG, "a connection did not close", e);
    }
  }
}
