package org.tallystick.answer;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Topic;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.tallystick.stage.KeptSenders;

/**
 * Tells every node of answers that are stored. A node that does not hear of one finds it in the
 * database when its device asks.
 */
@ApplicationScoped
public class AnswerPublisher {
  private static final Logger LOG = System.getLogger(AnswerPublisher.class.getName());

  @Resource(lookup = "jms/tallystick/factory")
  ConnectionFactory factory;

  @Resource(lookup = "jms/tallystick/answers")
  Topic topic;

  private @Nullable KeptSenders senders;

  @PostConstruct
  void open() {
    senders = new KeptSenders(factory, topic, DeliveryMode.NON_PERSISTENT);
  }

  @PreDestroy
  void close() {
    if (senders != null) {
      senders.close();
    }
  }

  /** Publishes; if the broker is away, devices ask. */
  public void publish(Collection<ReadyAnswer> answers) {
    if (answers.isEmpty()) {
      return;
    }
    if (senders == null) {
      throw new IllegalStateException("not open");
    }
    byte[] content = AnswerBatch.encode(answers);
    try {
      senders.send(
          session -> {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(content);
            return message;
          });
    } catch (JMSException e) {
      LOG.log(Level.WARNING, "answers are not pushed, the broker is away", e);
    }
  }
}
