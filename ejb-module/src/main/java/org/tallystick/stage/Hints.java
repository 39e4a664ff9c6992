package org.tallystick.stage;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.DeliveryMode;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.tallystick.node.ServerResources;

/**
 * Sends hints to the deciding stage. They need not be durable: a row that waits too long is found
 * by the sweeper.
 */
@ApplicationScoped
public class Hints {
  @EJB ServerResources resources;
  @Resource ManagedThreadFactory threads;

  private @Nullable Outbound outbound;

  @PostConstruct
  void open() {
    outbound = new Outbound(resources.broker(), resources.paired(), DeliveryMode.NON_PERSISTENT);
    threads.newThread(outbound).start();
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
