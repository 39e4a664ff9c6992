package org.tallystick.stage;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Sends hints to the deciding stage. They need not be durable: a row that waits too long is found
 * by the sweeper.
 */
@ApplicationScoped
public class Hints {
  private static final Logger LOG = System.getLogger(Hints.class.getName());

  @Resource(lookup = "jms/tallystick/factory")
  ConnectionFactory factory;

  @Resource(lookup = "jms/tallystick/paired")
  Queue queue;

  private @Nullable KeptSenders senders;

  @PostConstruct
  void open() {
    senders = new KeptSenders(factory, queue, DeliveryMode.NON_PERSISTENT);
  }

  @PreDestroy
  void close() {
    if (senders != null) {
      senders.close();
    }
  }

  /** Sends what can be sent; the rest comes when the broker is back. */
  public void send(Collection<Hint> hints) {
    if (senders == null) {
      throw new IllegalStateException("not open");
    }
    try {
      for (Hint hint : hints) {
        senders.send(session -> session.createTextMessage(hint.text()));
      }
    } catch (JMSException e) {
      LOG.log(Level.WARNING, "hints are late, the broker does not take them", e);
    }
  }
}
