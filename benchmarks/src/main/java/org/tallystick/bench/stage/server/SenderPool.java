package org.tallystick.bench.stage.server;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Senders that outlive a request: opened once, when the application starts.
 *
 * <p>A connection that a request opens itself does not do: Payara closes it when the request ends.
 */
final class SenderPool implements AutoCloseable {
  static final String ATTRIBUTE = SenderPool.class.getName();

  private static final int SENDERS = 8;

  private final BlockingQueue<HalfSender> idle = new ArrayBlockingQueue<>(SENDERS);

  SenderPool(ConnectionFactory factory) throws JMSException {
    for (int i = 0; i < SENDERS; i++) {
      idle.add(new HalfSender(factory));
    }
  }

  void send(String text) throws JMSException, InterruptedException {
    HalfSender sender = idle.take();
    try {
      sender.send(text);
    } finally {
      idle.add(sender);
    }
  }

  @Override
  public void close() {
    for (HalfSender sender = idle.poll(); sender != null; sender = idle.poll()) {
      sender.close();
    }
  }
}
