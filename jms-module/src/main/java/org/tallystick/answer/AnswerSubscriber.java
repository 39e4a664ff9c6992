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
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.tallystick.node.ServerResources;

/** Lets this node hear of answers, from its own stages and from those of other nodes. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class AnswerSubscriber {
  private static final Logger LOG = System.getLogger(AnswerSubscriber.class.getName());
  private static final long STOP_MILLIS = 10_000;

  @Resource ManagedThreadFactory threads;
  @EJB ServerResources resources;
  @EJB Answers answers;
  @Inject AnswerRegistry registry;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Thread thread;

  @PostConstruct
  void start() {
    AnswerLookup lookup = new AnswerLookup(registry, pickups -> answers.find(pickups));
    thread =
        threads.newThread(
            new AnswerLoop(resources.broker(), resources.answers(), registry, lookup, stopped));
    thread.start();
  }

  @PreDestroy
  void stop() {
    stopped.countDown();
    if (thread == null) {
      return;
    }
    try {
      thread.join(STOP_MILLIS);
      if (thread.isAlive()) {
        LOG.log(Level.WARNING, "the subscriber did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
