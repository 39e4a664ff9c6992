package org.tallystick.stage;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Queue;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Sends hints to the deciding stage. They need not be durable: a row that waits too long is found
 * by the sweeper.
 */
@ApplicationScoped
public class Hints {
  @Resource(lookup = "jms/tallystick/factory")
  ConnectionFactory factory;

  @Resource(lookup = "jms/tallystick/paired")
  Queue queue;

  @Resource ManagedExecutorService executor;

  private @Nullable Outbound outbound;

  @PostConstruct
  void open() {
    outbound = new Outbound(factory, queue, DeliveryMode.NON_PERSISTENT);
    executor.execute(outbound);
  }

  @PreDestroy
  void close() {
    if (outbound != null) {
      outbound.close();
    }
  }

  /** Sends soon what can be sent; the rest comes when the broker is back. */
  public void send(Collection<Hint> hints) {
    if (outbound == null) {
      throw new IllegalStateException("not open");
    }
    for (Hint hint : hints) {
      outbound.post(session -> session.createTextMessage(hint.text()));
    }
  }
}
