package org.tallystick.code;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.DeliveryMode;
import jakarta.jms.TextMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.node.ServerResources;
import org.tallystick.stage.Outbound;

/**
 * Takes codes from outside: one look at the shape, one durable send, no database. What comes later
 * measures lateness by the time that is noted here.
 */
@ApplicationScoped
public class CodeIngress {
  /** Message property with the bank's clock at the time a code was taken, milliseconds. */
  public static final String RECEIVED_AT = "receivedAtMillis";

  private static final long MAX_WAIT_SECONDS = 10;

  private static final Logger LOG = System.getLogger(CodeIngress.class.getName());

  @EJB ServerResources resources;
  @Resource ManagedThreadFactory threads;

  @Inject Clock clock;

  private @Nullable Outbound outbound;

  /** What became of a code that was handed in. */
  public enum Taken {
    /** On disk. */
    ACCEPTED,
    /** Not a code at all. */
    MALFORMED,
    /** The broker does not take it; the device sends the same bytes again. */
    UNAVAILABLE
  }

  @PostConstruct
  void open() {
    outbound = new Outbound(resources.broker(), resources.halves(), DeliveryMode.PERSISTENT);
    threads.newThread(outbound).start();
  }

  @PreDestroy
  void close() {
    if (outbound != null) {
      outbound.close();
    }
  }

  /** Takes one code; {@link Taken#ACCEPTED} says nothing about its being good. */
  public Taken take(String text) {
    if (outbound == null) {
      throw new IllegalStateException("not open");
    }
    Code code;
    try {
      code = Code.parse(text); // O1
    } catch (MalformedInputException malformed) {
      return Taken.MALFORMED;
    }
    long receivedAtMillis = clock.millis();
    return onDisk(
        outbound.send(
            session -> {
              TextMessage message = session.createTextMessage(code.text());
              message.setLongProperty(RECEIVED_AT, receivedAtMillis);
              return message;
            }));
  }

  private static Taken onDisk(CompletableFuture<Boolean> sent) {
    try {
      return sent.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS) ? Taken.ACCEPTED : Taken.UNAVAILABLE;
    } catch (ExecutionException | TimeoutException e) {
      sent.cancel(false);
      LOG.log(Level.WARNING, "a code is not taken, the broker is away", e);
      return Taken.UNAVAILABLE;
    } catch (InterruptedException e) {
      sent.cancel(false);
      Thread.currentThread().interrupt();
      return Taken.UNAVAILABLE;
    }
  }
}
