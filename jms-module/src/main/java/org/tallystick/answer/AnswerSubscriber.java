package org.tallystick.answer;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Topic;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Lets this node hear of answers, from its own stages and from those of other nodes. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class AnswerSubscriber {
  private static final Logger LOG = System.getLogger(AnswerSubscriber.class.getName());
  private static final long STOP_SECONDS = 10;

  @Resource ManagedExecutorService executor;

  @Resource(lookup = "jms/tallystick/factory")
  ConnectionFactory factory;

  @Resource(lookup = "jms/tallystick/answers")
  Topic topic;

  @EJB Answers answers;
  @Inject AnswerRegistry registry;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Future<?> thread;

  @PostConstruct
  void start() {
    AnswerLookup lookup = new AnswerLookup(registry, pickups -> answers.find(pickups));
    thread = executor.submit(new AnswerLoop(factory, topic, registry, lookup, stopped));
  }

  @PreDestroy
  void stop() {
    stopped.countDown();
    if (thread == null) {
      return;
    }
    try {
      thread.get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "the subscriber did not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
