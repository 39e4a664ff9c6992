package org.tallystick.answer;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.tallystick.node.ServerResources;
import org.tallystick.stage.Outbound;

/**
 * Tells every node of answers that are stored. A node that does not hear of one finds it in the
 * database when its device asks.
 */
@ApplicationScoped
public class AnswerPublisher {
  @EJB ServerResources resources;
  @Resource ManagedThreadFactory threads;

  private @Nullable Outbound outbound;

  @PostConstruct
  void open() {
    outbound = new Outbound(resources.broker(), resources.answers(), DeliveryMode.NON_PERSISTENT);
    threads.newThread(outbound).start();
  }

  @PreDestroy
  void close() {
    if (outbound != null) {
      outbound.close();
    }
  }

  /** Publishes soon; if the broker is away, devices ask. */
  public void publish(Collection<ReadyAnswer> answers) {
    if (answers.isEmpty()) {
      return;
    }
    if (outbound == null) {
      throw new IllegalStateException("not open");
    }
    byte[] content = AnswerBatch.encode(answers);
    outbound.post(
        session -> {
          BytesMessage message = session.createBytesMessage();
          message.writeBytes(content);
          return message;
        });
  }
}
