package org.tallystick.stage;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one destination that are kept open between sends, each used by one thread at a
 * time: opening one for each message costs more than the message.
 *
 * <p>It must be used outside a transaction: a message that is sent is sent.
 */
public final class KeptSenders implements AutoCloseable {
  private static final Logger LOG = System.getLogger(KeptSenders.class.getName());
  private static final int KEPT = 16;

  private final ConnectionFactory factory;
  private final Destination destination;
  private final int deliveryMode;
  private final BlockingQueue<Kept> idle = new ArrayBlockingQueue<>(KEPT);

  /**
   * @param deliveryMode one of {@link jakarta.jms.DeliveryMode}
   */
  public KeptSenders(ConnectionFactory factory, Destination destination, int deliveryMode) {
    this.factory = factory;
    this.destination = destination;
    this.deliveryMode = deliveryMode;
  }

  /** Makes a message and, if need be, fills it. */
  @FunctionalInterface
  public interface Maker {
    /** The message to send. */
    Message make(Session session) throws JMSException;
  }

  /** Sends; durable messages are on disk when it returns. */
  public void send(Maker maker) throws JMSException {
    @Nullable Kept kept = idle.poll();
    if (kept != null) {
      try {
        use(kept, maker);
        return;
      } catch (JMSException stale) {
        LOG.log(Level.WARNING, "a kept connection is gone, opening another", stale);
      }
    }
    use(open(), maker);
  }

  @Override
  public void close() {
    for (Kept kept = idle.poll(); kept != null; kept = idle.poll()) {
      kept.close();
    }
  }

  private Kept open() throws JMSException {
    Connection connection = factory.createConnection();
    try {
      Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageProducer producer = session.createProducer(destination);
      producer.setDeliveryMode(deliveryMode);
      return new Kept(connection, session, producer);
    } catch (JMSException failure) {
      quietly(connection);
      throw failure;
    }
  }

  private void use(Kept kept, Maker maker) throws JMSException {
    boolean sent = false;
    try {
      kept.producer.send(maker.make(kept.session));
      sent = true;
    } finally {
      if (!sent || !idle.offer(kept)) {
        kept.close();
      }
    }
  }

  private static void quietly(Connection connection) {
    try {
      connection.close();
    } catch (JMSException e) {
      LOG.log(Level.WARNING, "a connection did not close", e);
    }
  }

  /** An open connection with all that a send needs. */
  private record Kept(Connection connection, Session session, MessageProducer producer) {
    void close() {
      quietly(connection);
    }
  }
}
