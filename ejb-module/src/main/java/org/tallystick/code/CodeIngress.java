package org.tallystick.code;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.stage.KeptSenders;

/**
 * Takes codes from outside: one look at the shape, one durable send, no database. What comes later
 * measures lateness by the time that is noted here.
 */
@ApplicationScoped
public class CodeIngress {
  /** Message property with the bank's clock at the time a code was taken, milliseconds. */
  public static final String RECEIVED_AT = "receivedAtMillis";

  private static final Logger LOG = System.getLogger(CodeIngress.class.getName());

  @Resource(lookup = "jms/tallystick/factory")
  ConnectionFactory factory;

  @Resource(lookup = "jms/tallystick/halves")
  Queue queue;

  @Inject Clock clock;

  private @Nullable KeptSenders senders;

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
    senders = new KeptSenders(factory, queue, DeliveryMode.PERSISTENT);
  }

  @PreDestroy
  void close() {
    if (senders != null) {
      senders.close();
    }
  }

  /** Takes one code; {@link Taken#ACCEPTED} says nothing about its being good. */
  public Taken take(String text) {
    if (senders == null) {
      throw new IllegalStateException("not open");
    }
    try {
      Code code = Code.parse(text); // O1
      senders.send(
          session -> {
            TextMessage message = session.createTextMessage(code.text());
            message.setLongProperty(RECEIVED_AT, clock.millis());
            return message;
          });
      return Taken.ACCEPTED;
    } catch (MalformedInputException malformed) {
      return Taken.MALFORMED;
    } catch (JMSException e) {
      LOG.log(Level.WARNING, "a code is not taken, the broker is away", e);
      return Taken.UNAVAILABLE;
    }
  }
}
