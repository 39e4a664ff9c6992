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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends to one destination from a thread of its own. Whatever waits when a commit is over goes out
 * with the next one, so many senders share one write to the broker's disk.
 *
 * <p>The session lives in this thread because a server takes sessions away from a request when it
 * ends. It is transacted, as every session of this application is: the server's pool hands them out
 * without asking what for.
 */
public final class Outbound implements Runnable, AutoCloseable {
  private static final Logger LOG = System.getLogger(Outbound.class.getName());
  private static final int MAX_WAITING = 10_000;
  private static final int MAX_BATCH = 64;
  private static final long POLL_MILLIS = 500;

  private final ConnectionFactory factory;
  private final Destination destination;
  private final int deliveryMode;
  private final BlockingQueue<Parcel> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private volatile boolean stopped;
  private @Nullable Link link;

  /**
   * @param deliveryMode one of {@link jakarta.jms.DeliveryMode}
   */
  public Outbound(ConnectionFactory factory, Destination destination, int deliveryMode) {
    this.factory = factory;
    this.destination = destination;
    this.deliveryMode = deliveryMode;
  }

  /** Makes a message. */
  @FunctionalInterface
  public interface Maker {
    /** The message to send. */
    Message make(Session session) throws JMSException;
  }

  private record Parcel(Maker maker, CompletableFuture<Boolean> sent) {}

  private record Link(Connection connection, Session session, MessageProducer producer) {}

  /**
   * Sends soon. The result is there when the broker has the message, on disk where it is durable;
   * cancelled before, the message is not sent.
   */
  public CompletableFuture<Boolean> send(Maker maker) {
    CompletableFuture<Boolean> sent = new CompletableFuture<>();
    enqueue(new Parcel(maker, sent));
    return sent;
  }

  /** Sends soon what may as well get lost. */
  public void post(Maker maker) {
    enqueue(new Parcel(maker, new CompletableFuture<>()));
  }

  private void enqueue(Parcel parcel) {
    if (stopped || !waiting.offer(parcel)) {
      fail(List.of(parcel), new RejectedExecutionException("too much waits to be sent"));
    }
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        List<Parcel> batch = next();
        if (!batch.isEmpty()) {
          deliver(batch);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped = true;
      unlink();
      fail(drained(), new RejectedExecutionException("the node stops"));
    }
  }

  @Override
  public void close() {
    stopped = true;
  }

  private List<Parcel> next() throws InterruptedException {
    Parcel first = waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
    List<Parcel> batch = new ArrayList<>();
    if (first != null) {
      batch.add(first);
      waiting.drainTo(batch, MAX_BATCH - 1);
      batch.removeIf(parcel -> parcel.sent().isDone());
    }
    return batch;
  }

  /** A link that had been good before may have been lost meanwhile, so it is tried twice. */
  private void deliver(List<Parcel> batch) {
    boolean fresh = link == null;
    try {
      commit(batch);
    } catch (JMSException | RuntimeException lost) {
      unlink();
      if (fresh) {
        fail(batch, lost);
        return;
      }
      try {
        commit(batch);
      } catch (JMSException | RuntimeException failure) {
        unlink();
        fail(batch, failure);
      }
    }
  }

  private void commit(List<Parcel> batch) throws JMSException {
    Link open = link == null ? open() : link;
    link = open;
    for (Parcel parcel : batch) {
      open.producer().send(parcel.maker().make(open.session()));
    }
    open.session().commit();
    batch.forEach(parcel -> parcel.sent().complete(true));
  }

  private Link open() throws JMSException {
    Connection connection = factory.createConnection();
    try {
      Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
      MessageProducer producer = session.createProducer(destination);
      producer.setDeliveryMode(deliveryMode);
      return new Link(connection, session, producer);
    } catch (JMSException failure) {
      close(connection);
      throw failure;
    }
  }

  private void unlink() {
    if (link != null) {
      close(link.connection());
      link = null;
    }
  }

  private List<Parcel> drained() {
    List<Parcel> rest = new ArrayList<>();
    waiting.drainTo(rest);
    return rest;
  }

  private static void fail(List<Parcel> batch, Exception why) {
    if (!batch.isEmpty()) {
      LOG.log(Level.WARNING, batch.size() + " messages are not sent", why);
    }
    batch.forEach(parcel -> parcel.sent().completeExceptionally(why));
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (JMSException e) {
      LOG.log(Level.DEBUG, "a connection did not close", e);
    }
  }
}
