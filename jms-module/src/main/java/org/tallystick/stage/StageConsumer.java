package org.tallystick.stage;

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
import jakarta.jms.Queue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.tallystick.code.CodeIntake;
import org.tallystick.decision.DecisionIntake;
import org.tallystick.node.Environment;
import org.tallystick.node.ServerResources;
import org.tallystick.schema.SchemaAtStart;

/**
 * Starts the threads that feed both stages, {@code TALLYSTICK_STAGE_THREADS} for each, and waits
 * for them to end before the application goes.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class StageConsumer {
  private static final Logger LOG = System.getLogger(StageConsumer.class.getName());
  private static final int THREADS = 4;
  private static final int MAX_THREADS = 32;
  private static final long STOP_MILLIS = 10_000;

  @Resource ManagedThreadFactory threads;
  @EJB SchemaAtStart schema;
  @EJB ServerResources resources;
  @Inject CodeIntake codes;
  @Inject DecisionIntake decisions;
  @Inject Environment environment;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Thread> running = new ArrayList<>();

  @PostConstruct
  void start() {
    // a node that must not start takes no message either
    schema.ready();
    int count = environment.number("TALLYSTICK_STAGE_THREADS", THREADS, 1, MAX_THREADS);
    for (int i = 0; i < count; i++) {
      start(resources.halves(), codes);
      start(resources.paired(), decisions);
    }
  }

  private void start(Queue queue, Stage stage) {
    Thread thread =
        threads.newThread(
            new StageLoop(resources.broker(), queue, resources.dead(), stage, stopped));
    running.add(thread);
    thread.start();
  }

  @PreDestroy
  void stop() {
    stopped.countDown();
    for (Thread thread : running) {
      try {
        thread.join(STOP_MILLIS);
        if (thread.isAlive()) {
          LOG.log(Level.WARNING, "a stage thread did not end");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
